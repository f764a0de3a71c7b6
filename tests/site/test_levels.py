"""One idea recognised at two levels: one idea everywhere, two recognitions where they are told."""

import csv
import io
import json

from site_world import DRIP, World, small_world

from sangkien.domain import address
from sangkien.domain.register import Register
from sangkien.render import tables
from sangkien.render.open_data import OpenData
from sangkien.render.pages import pages
from sangkien.render.wording import Wording


def two_levels(*, decided: bool = True) -> World:
    world = small_world()
    world.put("council", "hd-tinh", name="Hội đồng tỉnh Mẫu", unit="tinh-mau-1991", seats=[])
    world.put(
        "round", "dot-tinh-2020", name="Đợt của tỉnh", unit="tinh-mau-1991", rubric="2019-1", council="hd-tinh",
        opens_on="2020-01-02", closes_on="2020-05-31", ballots="open", publish="on-decision",
    )  # fmt: skip
    world.conclude(DRIP, council="hd-tinh", round="dot-tinh-2020", concluded_on="2020-03-01")
    if decided:
        world.decide("qd-tinh", codes=[DRIP], council="hd-tinh", issuer="tinh-mau-1991", date="2020-03-15")
    return world


def lists_of(register: Register) -> dict[str, int]:
    """Count how often the idea stands in each list of the register."""
    lists = {
        "all": register.ideas,
        **{f"year {key}": ideas for key, ideas in register.years.items()},
        **{f"kind {key}": ideas for key, ideas in register.kinds.items()},
        **{f"field {key}": shelf.ideas for key, shelf in register.fields.items()},
        **{f"content {key}": shelf.ideas for key, shelf in register.contents.items()},
        **{f"round {key}": round_.ideas for key, round_ in register.rounds.items()},
        **{f"decision {key}": decision.ideas for key, decision in register.decisions.items()},
        **{f"person {key}": person.ideas for key, person in register.people.items()},
        **{f"unit {key}": unit.ideas for key, unit in register.units.items()},
        **{f"below {key}": unit.below for key, unit in register.units.items()},
        "newest": register.newest(99),
    }
    return {name: count for name, ideas in lists.items() if (count := sum(idea.code == DRIP for idea in ideas))}


def test_one_idea_with_two_recognitions() -> None:
    once, twice = small_world().register(), two_levels().register()

    assert lists_of(twice) == {**lists_of(once), "round dot-tinh-2020": 1, "decision qd-tinh": 1}
    assert set(lists_of(twice).values()) == {1}
    assert len(twice.ideas) == len(once.ideas)
    (idea,) = (idea for idea in twice.ideas if idea.code == DRIP)
    assert [r.council for r in idea.recognitions] == ["hd-suoi-mau", "hd-tinh"]
    assert idea.year == "2019"
    assert [h.unit for h in idea.higher] == ["huyen-mau-2003", "tinh-mau-1991"]


def test_the_public_register_tells_both() -> None:
    register = json.loads(OpenData(Wording(two_levels().register(), {}), "Bảng vàng", "").register(()))
    (told,) = (one for one in register["ideas"] if one["code"] == DRIP)

    assert [(c["council"], c["decision"]) for c in told["conclusions"]] == [
        ("hd-suoi-mau", "qd-1"),
        ("hd-tinh", "qd-tinh"),
    ]


def test_the_table_has_it_in_one_line_with_both_decisions_beside_the_first_day() -> None:
    ((_, data),) = tables.everything(Wording(two_levels().register(), {}), "")
    (row,) = (row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))) if row["Mã"] == DRIP)

    assert row["Ngày ghi nhận"] == "2019-07-05"
    assert row["Quyết định"] == "QD-1/QĐ-MT (05/7/2019); QD-TINH/QĐ-MT (15/3/2020)"


def body_of(world: World) -> str:
    return next(
        page.body for page in pages(Wording(world.register(), {}), "", "") if page.address == address.idea(DRIP)
    )


def test_the_page_says_who_above_recognised_it_once_that_is_decided() -> None:
    body = body_of(two_levels())

    assert body.count("Hội đồng tỉnh Mẫu") == 1
    assert '<a href="~/don-vi/tinh-mau-1991/">tỉnh Mẫu</a>' in body
    undecided = two_levels(decided=False)
    assert body_of(undecided) == body_of(small_world())
    assert lists_of(undecided.register()) == lists_of(small_world().register())


def test_an_answer_without_a_title_is_told_unless_a_council_here_gave_it() -> None:
    world = two_levels()
    plain = {"code": DRIP, "from_unit": "xa-suoi-mau-2010", "sent_on": "2020-01-02", "status": "cong-nhan",
             "answered_on": "2020-02-03"}  # fmt: skip
    world.put("nomination", "dn-2", to_unit="tinh-mau-1991", council="hd-tinh", round="dot-tinh-2020", **plain)
    assert body_of(world) == body_of(two_levels())

    world.put("nomination", "dn-3", to_unit="tinh-mau-1991", **plain)

    assert 'Được <a href="~/don-vi/tinh-mau-1991/">tỉnh Mẫu</a> ghi nhận ngày 03/02/2020.' in body_of(world)
    assert "Cấp trên cũng ghi nhận" in body_of(world)


def test_what_one_level_took_back_is_told_where_the_other_still_stands() -> None:
    world = two_levels()
    world.decide("qd-thu-hoi", "thu-hoi", codes=[DRIP], amends="qd-1", date="2020-06-01", reason="Đã có nơi khác.")
    world.decide("qd-dinh-chinh", "dinh-chinh", codes=[DRIP], amends="qd-tinh", date="2020-06-02", reason="Sai tên.")
    made = {page.address: page.body for page in pages(Wording(world.register(), {}), "", "")}
    in_annex = {key: annex(made[f"{address.DECISIONS}{key}/"]) for key in ("qd-1", "qd-thu-hoi", "qd-tinh")}

    assert "đã thu hồi</strong> theo" in made[address.idea(DRIP)]
    assert "Đã có nơi khác." in made[address.idea(DRIP)]
    assert in_annex == {"qd-1": "đã thu hồi", "qd-thu-hoi": "đã thu hồi", "qd-tinh": "đã đính chính"}


def annex(body: str) -> str:
    """Give what is said of the idea in a decision's list."""
    line = body.partition(f'<a href="~/{address.idea(DRIP)}">')[2].partition("<li>")[0]
    return line.partition("sk-tag>")[2].partition("<")[0]
