"""The bodies of pages as they are, to be read in a diff; `SANGKIEN_GOLDEN=write` writes them anew."""

import os
from pathlib import Path

import pytest
from site_world import DRIP, small_world

from sangkien.domain import address
from sangkien.render.pages import pages
from sangkien.render.terse import tighten
from sangkien.render.wording import Wording

GOLDEN = Path(__file__).parent / "golden"
SHOWN = {
    "idea": address.idea(DRIP),
    "person": "tac-gia/p-0a1b2c3d/",
    "unit": "don-vi/xa-suoi-mau-2010/",
    "round": "dot/dot-2019-1/",
    "decision": "quyet-dinh/qd-1/",
    "commendation": "bieu-duong/bd-1/",
    "commendation-taken-back": "bieu-duong/bd-2/",
    "club": "cau-lac-bo/clb-nghi-cung-nhau/",
    "model": "mo-hinh/mh-ap-tuoi/",
    "problems": address.PROBLEMS,
    "problem": "bai-toan/bt-1/",
    "problem-solved": "bai-toan/bt-2/",
    "list": "linh-vuc/nong-nghiep/",
    "statistics": address.STATISTICS,
    "emulation-round": f"{address.EMULATION}dt-2019/",
    "ceremony": f"{address.CEREMONIES}le-2019/",
    "outreach": address.OUTREACH,
    "support": address.SUPPORT,
    "plan": f"{address.PLANS}kh-2019/",
    "plan-to-spread": f"{address.PLANS}kh-2019-pho-bien/",
    "member-org": f"{address.MEMBER_ORGS}hoi-nong-dan/",
    "member-org-movement": f"{address.MEMBER_ORGS}hoi-nong-dan/lam-an-gioi/",
    "invited": address.INVITED,
    "comments": address.COMMENTS,
    "proof": address.proof(DRIP),
    "proof-of-commendation": address.proof_of_commendation("bd-1"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_body(name: str) -> None:
    page = next(p for p in pages(Wording(small_world().register(), {}), "", "") if p.address == SHOWN[name])
    lines = tighten(page.body).replace("><", ">\n<").replace("> <", ">\n<")
    text = f"{page.title}\n{page.description}\n{lines}\n"
    file = GOLDEN / f"{name}.html"
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text
