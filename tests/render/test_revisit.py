"""The issue about places to be asked anew, as a secretary reads it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sangkien.domain.revisit import Visit
from sangkien.render import revisit

GOLDEN = Path(__file__).parent / "golden" / "hoi-tham.md"
NAMES = {"xa-suoi-mau-2003": ["xã Suối Mẫu", "xã Suối Lớn"], "ap-mau-2003": ["ấp Mẫu"]}
VISITS = [
    Visit(
        code="2018-ZGNS-08CZ", title="Tưới nhỏ giọt bằng chai nhựa cũ", number=1, unit="xa-suoi-mau-2003",
        place="Rẫy tiêu gần suối", since="2019-02-10", months=12, due_on="2020-02-10",
    ),
    Visit(
        code="2019-TH1N-4135", title="Thắp sáng <b>đường ấp</b> @moi-nguoi #1", number=2, unit="ap-mau-2003", place="",
        since="2020-01-31", months=6, due_on="2020-07-31",
    ),
]  # fmt: skip


def test_the_issue_reads_as_it_did() -> None:
    told = revisit.issue(VISITS, NAMES.__getitem__, "https://forge.example/mau/sang-kien")

    assert told == GOLDEN.read_text(encoding="utf-8")
    assert revisit.issue(VISITS * 80, NAMES.__getitem__, "https://forge.example/x").endswith("các nơi trên.\n")


def test_long_names_leave_the_issue_a_length_the_forge_takes() -> None:
    long = [replace(VISITS[0], title="[@]<" * 40, place="[@]<" * 62)] * 100
    told = revisit.issue(long, NAMES.__getitem__, "https://forge.example/mau/sang-kien")

    assert 50_000 < len(told) < 65_536
    assert f"và {100 - told.count('[Kể lại]')} nơi nữa" in told


@pytest.mark.parametrize("visits", [VISITS, []])
def test_the_command_line_tells_the_same(visits: list[Visit]) -> None:
    lines = revisit.text(visits, NAMES.__getitem__).splitlines()

    assert len(lines) == max(len(visits), 1)
    assert [visit["number"] for visit in json.loads(revisit.as_json(visits))] == [visit.number for visit in visits]
