"""What was recognised before there was a register stands on the site by its decision alone."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from site_world import COUNCIL, ROUND, World, code, small_world

from places import ROOT
from sangkien.domain import by_decision, idea_code

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site

KEY = code("7Z23456", 2017)
BLANK = {
    "before": "(Danh sách cũ không ghi mục này.)",
    "cost": {"amount": 0, "note": "Danh sách cũ không ghi chi phí."},
}


def world(topology: str) -> World:
    made = small_world()
    made.records["content/register/movement.yml"]["topology"] = topology
    old_round = {
        **made.records[f"content/register/rounds/{ROUND}.yml"],
        "opens_on": "2017-01-01",
        "closes_on": "2017-10-31",
    }
    made.put(
        "round", "dot-2017", **{k: v for k, v in old_round.items() if k not in ("version", "id")}, before_register=True
    )
    idea = made.idea(KEY, "Chòi canh chim bằng lon cũ", round="dot-2017", submitted_on="2017-10-31", **BLANK)
    decision = made.decide("qd-2017-1", date="2017-12-20", codes=[KEY], council=COUNCIL)
    record = by_decision.conclusion(idea, decision)
    made.records[f"{idea_code.folder(KEY)}/conclusions/{COUNCIL}-1.yml"] = record
    return made


@pytest.mark.parametrize("topology", ["open", "closed"])
def test_the_page_says_so_and_the_data_holds_no_count(stamped: Callable[..., Any], topology: str) -> None:
    made = world(topology)
    files, _ = stamped(made)
    page = files[f"ghi-nhan/2017/{idea_code.folder(KEY).rpartition('/')[2]}/index.html"].decode()
    register = json.loads(files["du-lieu/register.json"])
    told = next(idea for idea in register["ideas"] if idea["code"] == KEY)

    assert "ký trước khi có sổ này; sổ ghi theo quyết định, không có phiếu chấm" in page
    assert "QD-2017-1/QĐ-MT" in page
    assert "Không tốn tiền" not in page
    assert "Tự đếm lại" not in page
    (conclusion,) = told["conclusions"]
    assert (conclusion["decision"], conclusion["recognised_on"]) == ("qd-2017-1", "2017-12-20")
    assert "rubric" not in conclusion
    schema = json.loads((ROOT / "content/du-lieu/register.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(register, schema)
    assert "2017" in files["thong-ke/index.html"].decode()
