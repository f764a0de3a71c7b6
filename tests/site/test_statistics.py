"""Figures counted again by other means, on worlds small and odd, and the page they make."""
# ruff: noqa: E501  # records are data and read better a record to a line

import random
import statistics as other
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from site_world import DRIP, ROUND, World, code, small_world

from sangkien.domain import layout
from sangkien.domain import statistics as stats
from sangkien.domain.idea_code import ALPHABET
from sangkien.domain.tile_map import TileMap, shade, steps, tile_map
from sangkien.render.page import Page
from sangkien.render.statistics import page, year_charts
from sangkien.render.wording import Wording

UNITS = ("xa-suoi-mau-2003", "xa-suoi-mau-2010", "truong-hoa-mai-2012", "xa-dat-do-2025")


def crowded(count: int = 60, seed: int = 5) -> World:
    """Make a world with ideas of many years, kinds, waits and places."""
    world, chance = small_world(), random.Random(seed)
    for number in range(count):
        seven = "".join(chance.choice(ALPHABET) for _ in range(7))
        day = date(chance.choice((2018, 2019, 2023)), chance.randint(1, 12), chance.randint(1, 28))
        key = code(seven, day.year)
        fields: dict[str, Any] = (
            {"figures": {"label": "x", "unit": "kg", "before": "2", "after": "1"}} if number % 3 else {}
        )
        world.idea(
            key, f"Ý số {number}", unit=chance.choice(UNITS), submitted_on=day.isoformat(), content=f"nd{chance.choice((1, 2, 3))}",
            kind=chance.choice(("sang-kien", "cach-lam-moi", "y-tuong-moi")), field=chance.choice(("giao-duc", "doi-song")), **fields,
        )  # fmt: skip
        made = world.conclude(key, rating=chance.choice(("xuat-sac", "dat")))
        if number % 7 == 0:
            del made["rating"]
        on = day + timedelta(days=chance.choice((0, 12, 30, 45, 200, 700)))
        world.decide(f"qd-x{number}", codes=[key], date=on.isoformat())
        for n in range(1, chance.choice((1, 1, 2, 4))):
            world.inside(
                key, f"applications/{n}", number=n, unit=chance.choice(UNITS), since="2024-01-01", result="Tốt."
            )
    return world


def shown(world: World) -> Page:
    return page(Wording(world.register(), {}))


def test_every_figure_is_what_counting_by_hand_gives() -> None:
    register = crowded().register()
    found, ideas = stats.figures(register.ideas), register.ideas
    waits = [(date.fromisoformat(i.on) - date.fromisoformat(i.record["submitted_on"])).days for i in ideas]

    assert found.ideas == len(ideas) == 63
    assert {y: n for y, n in found.years.items() if n} == Counter(i.on[:4] for i in ideas)
    assert {m: n for m, n in found.months.items() if n} == Counter(i.on[5:7] for i in ideas)
    for name in ("unit", "content", "field", "kind"):
        assert getattr(found, f"{name}s") == Counter(i.record[name] for i in ideas)
    assert found.ratings == Counter(i.rating[1] if i.rating else "" for i in ideas)
    assert found.reach == Counter((i.rating[1] if i.rating else "", len(i.applications)) for i in ideas)
    assert found.days.counts == Counter(waits)
    assert found.days.median == other.median(waits)
    assert found.measured == sum("figures" in i.record for i in ideas)


def test_no_year_between_the_first_and_the_last_is_missing() -> None:
    years = stats.figures(crowded().register().ideas).years

    assert list(years) == [str(y) for y in range(int(min(years)), int(max(years)) + 1)]
    assert 0 in years.values()


def test_a_year_is_counted_as_its_part_of_the_whole() -> None:
    register = crowded().register()
    parts = [stats.year_figures(register, year) for year in register.years]

    assert sum(part.ideas for part in parts) == len(register.ideas)
    assert stats.year_figures(register, "1999").ideas == 0


@pytest.mark.parametrize("waits", [[5], [0, 1], [3, 3, 9], [1, 2, 3, 400], [7] * 10 + [8]])
def test_the_middle_is_the_middle(waits: list[int]) -> None:
    assert stats.Spread(counts=dict(sorted(Counter(waits).items()))).median == other.median(waits)


@pytest.mark.parametrize("longest", [0, 1, 6, 11, 12, 84, 365, 4379, 4380, 100_000])
def test_bins_hold_every_idea_once(longest: int) -> None:
    found = stats.bins(stats.Spread(counts=dict.fromkeys(sorted({0, longest // 2, longest}), 2)))

    assert sum(b.ideas for b in found) == 2 * len({0, longest // 2, longest})
    assert len(found) <= 12
    assert len({b.end - b.start for b in found}) == 1
    assert [b.start for b in found] == [n * found[0].end for n in range(len(found))]
    assert found[-1].start <= longest < found[-1].end


def test_days_that_make_no_sense_are_told_apart() -> None:
    world = small_world()
    world.records[layout.path_of("decision", "qd-1")]["date"] = "2019-01-01"
    days = stats.figures(world.register().ideas).days

    assert (days.ideas, days.unknown, days.median) == (0, 3, None)
    assert "Không tính được" in shown(world).body


@pytest.mark.parametrize(
    ("counts", "most", "kept", "others", "rest"),
    [
        ({}, 2, {}, 0, 0),
        ({"a": 1, "b": 0}, 2, {"a": 1}, 0, 0),
        ({"a": 1, "b": 3, "c": 2}, 2, {"b": 3, "c": 2}, 1, 1),
        ({"a": 1, "b": 3, "c": 1}, 2, {"b": 3}, 2, 2),  # a and c are equal: neither goes before
        ({"c": 1, "b": 1, "a": 1}, 2, {"c": 1, "b": 1}, 1, 1),  # all equal: in order
    ],
)
def test_the_top_is_cut_where_numbers_fall(counts: Any, most: int, kept: Any, others: int, rest: int) -> None:
    assert stats.top(counts, list(counts), most) == (kept, others, rest)


def test_people_who_did_not_agree_to_be_named_are_not_counted() -> None:
    world = small_world()
    world.records[layout.path_of("movement", "movement")]["small_group"] = 2
    for n in range(3):
        world.person(f"p-3a3a3a3{n}", f"Nguyễn Mẫu Số {n}", stratum="nong-dan")
        world.idea(code(f"NEW1DE{n}"), f"Ý {n}", authors=[{"person": f"p-3a3a3a3{n}", "share": 100}])
        world.recognise(code(f"NEW1DE{n}"), "qd-9")
    found = stats.strata(world.register())

    assert found == {"nong-dan": 4, "giao-vien": 0, "": 0}  # the teacher shows initials alone
    assert stats.authors(world.register()) == 4


def test_strata_wait_until_the_office_says_what_is_small() -> None:
    assert stats.strata(small_world().register()) is None
    assert "Các tầng lớp nhân dân" not in shown(small_world()).body


def test_a_small_group_leaves_no_number_on_the_page() -> None:
    world = small_world()
    world.records[layout.path_of("movement", "movement")]["small_group"] = 5
    body = shown(world).body.split('id="con-nguoi"')[1].split("</section>")[0]

    assert "để trống" in body
    assert "<td>1</td>" not in body.split("<tfoot>")[0]


def test_only_what_is_public_is_an_outcome() -> None:
    world = small_world()
    for n, outcome in enumerate(("khong-cong-nhan", "bo-sung", "cong-nhan")):
        world.idea(code(f"NEW1DE{n}"), "Ý kín")
        world.conclude(code(f"NEW1DE{n}"), outcome)
    kept = stats.outcomes(world.register())
    world.records[layout.path_of("round", ROUND)]["announce"] = True
    told = stats.outcomes(world.register())
    world.decide("qd-8", "thu-hoi", codes=[DRIP], amends="qd-1", reason="Trùng.", date="2020-01-01")
    revoked = stats.outcomes(world.register())

    assert (kept.recognised, kept.revoked, kept.awaiting) == (3, 0, 0)
    assert (told.recognised, told.revoked, told.awaiting) == (3, 0, 1)
    assert (revoked.recognised, revoked.revoked) == (2, 1)


def placed(world: World) -> TileMap:
    register = world.register()
    return tile_map(register, stats.newest_day(register))


def test_heirs_hold_what_was_honoured_before_them() -> None:
    found = placed(crowded())
    (group,) = found.groups
    (tile,) = group.tiles

    assert (found.day, group.parent, tile.unit) == ("2025-07-01", "tinh-mau-1991", "xa-dat-do-2025")
    assert (tile.ideas, found.outside, found.shared) == (63, 0, 0)


def test_the_map_of_an_earlier_day_shows_the_places_of_that_day() -> None:
    found = tile_map(small_world().register(), "2019-06-01")

    assert [tile.unit for group in found.groups for tile in group.tiles] == ["xa-suoi-mau-2010"]


def divided() -> World:
    world = small_world()
    world.put("unit", "xa-khac-2025", level="xa", name="Khác", valid_from="2025-07-01", predecessors=["xa-suoi-mau-2010"],
              parents=[{"unit": "tinh-mau-1991", "from": "2025-07-01"}])  # fmt: skip
    world.put("unit", "kieu-bao-mau-2015", level="kieu-bao", name="Đồng hương", valid_from="2015-01-01")
    world.idea(code("FARAWAY"), "Ý từ xa", unit="kieu-bao-mau-2015")
    world.recognise(code("FARAWAY"), "qd-1")
    return world


def test_a_place_divided_counts_for_each_part_and_the_page_says_so() -> None:
    world = divided()
    found = placed(world)

    assert (found.shared, found.outside) == (3, 1)
    assert "3 ý ở nơi đã chia ra nhiều phần" in shown(world).body
    assert "1 ý của đơn vị không thuộc nơi nào trên bản đồ" in shown(world).body


@pytest.mark.parametrize(
    ("spots", "is_map"),
    [(((2, 3), (3, 5)), True), (((2, 3), (2, 3)), False), (((2, 3), None), False), ((None, None), False)],
)
def test_places_are_a_map_where_each_has_a_spot_of_its_own(spots: Any, is_map: bool) -> None:
    world = divided()
    for key, spot in zip(("xa-dat-do-2025", "xa-khac-2025"), spots, strict=True):
        if spot:
            world.records[layout.path_of("unit", key)]["tile"] = {"column": spot[0], "row": spot[1]}
    (group,) = placed(world).groups

    assert group.is_map is is_map
    if is_map:
        assert [(t.column, t.row) for t in group.tiles] == [(0, 0), (1, 2)]
        assert group.columns == 2


def test_one_crowded_place_leaves_the_others_apart() -> None:
    assert steps(311) == ((1, 5), (6, 18), (19, 75), (76, 311))
    assert steps(3) == ((1, 2), (3, 3))


@pytest.mark.parametrize("most", [1, 2, 4, 5, 9, 100_000])
def test_shades_cover_every_number(most: int) -> None:
    ranges = steps(most)

    assert ranges[0][0] == 1
    assert ranges[-1][1] == most
    assert len(ranges) <= 4
    assert all(left[1] + 1 == right[0] for left, right in pairwise(ranges))
    assert [shade(n, ranges) for n in (0, 1, most)] == [0, 5 - len(ranges), 4]


def test_no_ideas_make_a_page_that_says_so() -> None:
    world = small_world()
    del world.records[layout.path_of("decision", "qd-1")]
    body = shown(world).body

    assert "Đến nay chưa có ý nào được ghi nhận." in body
    assert "<svg" not in body
    assert "chưa có</strong>" in body  # the map stands, its places wait
    assert steps(0) == ()


def test_a_world_without_anything_makes_a_page() -> None:
    assert "chưa có ý nào được ghi nhận" in shown(World()).body


def test_one_idea_is_told_as_one() -> None:
    world = small_world()
    world.records[layout.path_of("decision", "qd-1")]["codes"] = [DRIP]
    body = shown(world).body

    assert "Mới có 1 ý, được ghi nhận trong năm 2019" in body
    assert "Ý duy nhất đã có nơi khác làm theo" in body


def test_a_hidden_name_is_nowhere() -> None:
    body = shown(small_world()).body

    assert "Giấu" not in body
    assert not [key for key in small_world().register().people if key in body]


def test_the_same_records_give_the_same_page() -> None:
    assert shown(crowded()) == shown(crowded())


def test_units_of_one_name_are_told_apart() -> None:
    body = shown(crowded()).body.split('id="theo-don-vi"')[1].split("</section>")[0]

    assert body.count("Xã Suối Mẫu</a> <small>(") == 2


def test_a_hostile_name_stays_text() -> None:
    world = crowded(6)
    for record in world.records.values():
        if record.get("level") or record.get("order"):
            record["name"] = "<script>alert(1)</script>"
    body = shown(world).body

    assert "<script" not in body
    assert "&lt;script" in body


def test_a_year_shows_its_months_and_fields() -> None:
    register = crowded().register()
    year = max(register.years, key=lambda y: len(register.years[y]))
    html = year_charts(stats.year_figures(register, year), Wording(register, {}))

    assert html.count('role="img"') == 1
    assert html.count("<th scope=row>") == 12 + len({i.record["field"] for i in register.years[year]})


def test_a_year_of_one_idea_needs_no_chart() -> None:
    register = small_world().register()

    assert year_charts(stats.figures(register.ideas[:1]), Wording(register, {})) == ""
