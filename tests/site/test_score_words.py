"""What the register puts on the score page: rubrics in words, rounds as data, nothing of an idea."""

import json
import re
from html import unescape
from pathlib import Path

from score_room import CODE, DIGEST, KEYS, score_world
from site_world import DRIP, READ, SOAP

from sangkien.render import score
from surveying import surveyed


def page(**options: bool) -> str:
    return score.parts(score_world().register(without_samples=False, **options))["score"]


def test_bands_are_told_in_exact_marks() -> None:
    told = re.findall(r'data-from="(\d+)"><dt>([^<]+) <span>([^<]+)</span>', page())

    assert told[:8] == [
        ("2550", "Tốt", "25,5 – 30"),
        ("1950", "Khá", "19,5 – dưới 25,5"),
        ("1500", "Đạt", "15 – dưới 19,5"),
        ("0", "Chưa đạt", "dưới 15"),
        ("1275", "Tốt", "12,75 – 15"),
        ("975", "Khá", "9,75 – dưới 12,75"),
        ("750", "Đạt", "7,5 – dưới 9,75"),
        ("0", "Chưa đạt", "dưới 7,5"),
    ]


def test_a_band_begins_at_the_first_mark_that_can_be_given() -> None:
    world = score_world()
    world.records["content/register/rubrics/diem-le.yml"]["criteria"][0]["bands"] = [
        {"label": "Tốt", "from_percent": 85, "text": "Hay."},  # 85% of 12,75 is 10,8375
        {"label": "Chưa đạt", "from_percent": 0, "text": "Chưa."},
    ]

    assert re.findall(r"<span>([^<]+)</span><dd>(?:Hay|Chưa)\.", score.parts(world.register())["score"]) == [
        "10,84 – 12,75",
        "dưới 10,84",
    ]


def test_rounds_are_data_and_stay_in_their_place() -> None:
    world = score_world()
    name = world.records["content/register/rounds/dot-mo.yml"]["name"] = """"><script>alert(1)</script>'&quot;"""
    html = score.parts(world.register())["score"]
    rounds = json.loads(unescape(re.findall(r'data-rounds="([^"]*)"', html)[0]))

    assert "<script" not in html
    assert name in [r["name"] for r in rounds]
    assert {r["id"]: (r["rubric"], r["ballots"], len(r["recipients"])) for r in rounds} == {
        "dot-2019-1": ("2019-1", "open", 0),
        "dot-chua-khoa": ("nam-tieu-chi", "sealed", 0),
        "dot-khoa-sai": ("nam-tieu-chi", "sealed", 1),
        "dot-kin": ("nam-tieu-chi", "sealed", 2),
        "dot-le": ("diem-le", "open", 0),
        "dot-mo": ("nam-tieu-chi", "open", 0),
    }
    assert str(KEYS[0].to_public()) in html


def test_nothing_of_an_idea_is_on_the_page() -> None:
    html = page()

    assert all(text not in html for text in (CODE, DRIP, SOAP, READ, DIGEST[:12], "github_id", "1004", 'value=""'))
    assert "checked" not in html


def test_a_round_with_something_to_mend_is_not_there(tmp_path: Path) -> None:
    world = score_world()
    world.records["content/register/rounds/dot-kin.yml"]["ballots"] = "nua-kin"
    register = surveyed(world.write(tmp_path)).register(without_samples=False)
    html = score.parts(register)["score"]

    assert "dot-mo" in html
    assert "dot-kin" not in html


def test_samples_stay_out_when_asked() -> None:
    world = score_world()
    for name in ("dot-mo", "dot-kin", "dot-chua-khoa", "dot-khoa-sai"):
        world.records[f"content/register/rounds/{name}.yml"]["sample"] = True
    world.records["content/register/rubrics/nam-tieu-chi.yml"]["sample"] = True
    html = score.parts(world.register(without_samples=True))["score"]

    assert "nam-tieu-chi" not in html
    assert "diem-le" in html
