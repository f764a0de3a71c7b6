"""Accounts on plain values: changes of units in 2019, 2025 and 2026, what is said and what is not, sums that agree."""

from collections.abc import Mapping
from typing import Any

import pytest

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain.books import Books
from sangkien.domain.deeds import Deed
from sangkien.domain.figure_ids import REPORTED
from sangkien.domain.figures import CATALOGUE, HEADLINES, figures
from sangkien.domain.period import Period
from sangkien.domain.reckoning import Account, Reckoner, Row
from sangkien.domain.unit_history import UnitHistory
from sangkien.workflow.reading import load_schemas, read_registers

# A district of a province: a commune became a town in 2019; in 2025 the district ended, its communes became a ward of
# the province (sole heir of the town) and two new communes (out of one that was split, and of two that were joined);
# in 2026 the province became a city, and the ward another ward.
PLACES: Mapping[str, tuple[str, str, dict[str, tuple[str, str]], tuple[str, ...]]] = {
    "tinh": ("1991-01-01", "2026-04-29", {}, ()),
    "thanh-pho": ("2026-04-30", "", {}, ("tinh",)),
    "huyen": ("2003-01-01", "2025-06-30", {"tinh": ("2003-01-01", "2025-06-30")}, ()),
    "xa-1": ("2003-01-01", "2019-06-30", {"huyen": ("2003-01-01", "2019-06-30")}, ()),
    "thi-tran": ("2019-07-01", "2025-06-30", {"huyen": ("2019-07-01", "2025-06-30")}, ("xa-1",)),
    "xa-2": ("2003-01-01", "2025-06-30", {"huyen": ("2003-01-01", "2025-06-30")}, ()),
    "xa-3": ("2003-01-01", "2025-06-30", {"huyen": ("2003-01-01", "2025-06-30")}, ()),
    "xa-4": ("2003-01-01", "2025-06-30", {"huyen": ("2003-01-01", "2025-06-30")}, ()),
    "phuong": ("2025-07-01", "2026-04-29", {"tinh": ("2025-07-01", "2026-04-29")}, ("thi-tran",)),
    "phuong-moi": ("2026-04-30", "", {"thanh-pho": ("2026-04-30", "")}, ("phuong",)),
    "xa-2a": ("2025-07-01", "", {"tinh": ("2025-07-01", "2026-04-29"), "thanh-pho": ("2026-04-30", "")}, ("xa-2",)),
    "xa-2b": ("2025-07-01", "", {"tinh": ("2025-07-01", "2026-04-29"), "thanh-pho": ("2026-04-30", "")}, ("xa-2",)),
    "xa-34": (
        "2025-07-01", "", {"tinh": ("2025-07-01", "2026-04-29"), "thanh-pho": ("2026-04-30", "")}, ("xa-3", "xa-4"),
    ),
    "ap": ("2003-01-01", "", {"xa-2": ("2003-01-01", "2025-06-30"), "xa-2a": ("2025-07-01", "")}, ()),
}  # fmt: skip
UNITS: Any = {
    key: {
        "id": key,
        "level": "x",
        "name": key,
        "valid_from": since,
        **({"valid_to": until} if until else {}),
        "parents": [{"unit": up, "from": a, **({"to": b} if b else {})} for up, (a, b) in parents.items()],
        "predecessors": list(before),
    }
    for key, (since, until, parents, before) in PLACES.items()
}
LISTS: Any = {"report_figures": [
    {"id": "nguoi-tham-gia", "name": "N", "measure": "người", "section": "chi-dao", "from": "2015-01-01"},
    {"id": "doi-xe", "name": "Đ", "measure": "đội", "section": "chi-dao", "stock": True, "from": "2015-01-01"},
    {"id": "so-cu", "name": "C", "measure": "x", "section": "chi-dao", "from": "2015-01-01", "to": "2018-12-31"},
]}  # fmt: skip
IDEAS = "y-duoc-ghi-nhan"


def report(
    unit: str, period: str, figures: Mapping[str, int], number: int = 1, status: str = "da-gui", **of: Any
) -> Any:
    told = [{"figure": key, "value": value, **of} for key, value in figures.items()]
    slug = period.lower().replace("..", "-")
    return {"id": f"bc-{unit}-{slug}-{number}", "unit": unit, "period": period, "number": number, "status": status,
            "figures": told}  # fmt: skip


def account(
    unit: str, period: str, deeds: Mapping[str, list[Deed]] | None = None, *reports: Any, expected: tuple[str, ...] = ()
) -> Account:
    books = Books(units=UNITS, lists=LISTS, reports={one["id"]: one for one in reports})
    asked = Period.read(period)
    assert asked
    return Reckoner(books, deeds or {}).account(unit, asked, expected)


def row(of: Account, figure: str) -> Row:
    return next(row for row in of.rows if row.figure.id == figure)


def value(
    unit: str, period: str, figure: str, *reports: Any, deeds: Mapping[str, list[Deed]] | None = None
) -> int | None:
    return row(account(unit, period, deeds, *reports), figure).value


def ideas(*deeds: tuple[str, str, str]) -> dict[str, list[Deed]]:
    parts = ("nd1", "sang-kien", "y-te", "tot")
    return {IDEAS: [Deed(unit, day, key, parts=parts) for unit, day, key in deeds]}


def test_the_catalogue_names_each_figure_once_and_each_reported_one() -> None:
    ids = [figure.id for figure in CATALOGUE]
    assert len(ids) == len(set(ids))
    assert {figure.id for figure in CATALOGUE if figure.known == "theo-bao-cao"} == set(REPORTED)
    assert {key for line in HEADLINES for key in line} <= set(ids)
    assert not [figure.id for figure in CATALOGUE if figure.stock and figure.known == "theo-so"]


def test_told_figures_are_those_in_force_at_the_end() -> None:
    assert {"so-cu", "doi-xe"} <= {figure.id for figure in figures(LISTS, "2018-06-30")}
    assert "so-cu" not in {figure.id for figure in figures(LISTS, "2019-06-30")}


# The changes of units.

ACROSS = ideas(
    ("xa-1", "2018-05-01", "a"), ("thi-tran", "2020-05-01", "b"), ("xa-2", "2024-05-01", "c"),
    ("xa-3", "2024-05-01", "d"), ("phuong", "2025-08-01", "e"), ("phuong-moi", "2026-05-01", "f"),
    ("xa-2a", "2026-05-01", "g"), ("huyen", "2024-06-01", "h"), ("ap", "2024-07-01", "i"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "period", "expected"),
    [
        ("thi-tran", "2015..2019", "a"),  # the commune it grew out of is carried on
        ("xa-1", "2015..2020", "a"),  # and counts nothing of its heir
        ("huyen", "2018", "a"),
        ("huyen", "2024", "cdhi"),
        ("huyen", "2025", ""),  # after its last day nothing counts
        ("phuong-moi", "2015..2026", "abef"),  # a line of sole heirs, back to the first commune
        ("xa-2a", "2020..2026", "g"),  # of a split unit nothing is carried on, nor of its hamlet's earlier days
        ("xa-34", "2024", "d"),  # of joined units all is
        ("tinh", "2015..2025", "abcdehi"),
        ("thanh-pho", "2015..2026", "abcdefghi"),
        ("thanh-pho", "2026", "fg"),
    ],
)
def test_what_counts_for_whom_across_the_changes_of_units(unit: str, period: str, expected: str) -> None:
    assert sorted(row(account(unit, period, ACROSS), IDEAS).elements) == list(expected)


def test_a_city_tells_what_none_of_its_present_units_can_tell() -> None:
    balance = row(account("thanh-pho", "2015..2026", ACROSS), IDEAS).balance
    assert balance is not None
    assert (balance.children, balance.own, balance.own_by) == (6, 3, {"khong-con": 3})  # of c, h, i: xa-2 and huyen


def test_children_are_those_of_the_last_day() -> None:
    assert account("huyen", "2019-H1", ideas(("xa-1", "2019-02-01", "a"))).children == ("xa-1",)
    found = account("huyen", "2019", ideas(("xa-1", "2019-02-01", "a")))
    assert (found.children, row(found, IDEAS).children["thi-tran"]) == (("thi-tran",), 1)
    assert set(account("huyen", "2025").idle) == {"thi-tran", "xa-2", "xa-3", "xa-4"}  # on its own last day


def test_who_must_report_is_shown_also_with_nothing_to_tell() -> None:
    assert account("huyen", "2018", expected=("xa-2",)).children == ("xa-2",)


# Sums that agree.


def test_one_who_counts_for_two_children_counts_once_for_the_parent() -> None:
    people = {"tac-gia-ca-nhan": [
        Deed("xa-2", "2020-01-01", "p", parts=("",)), Deed("xa-3", "2020-02-01", "p", parts=("",)),
        Deed("huyen", "2020-03-01", "q", parts=("",)),
    ]}  # fmt: skip
    found = row(account("huyen", "2020", people), "tac-gia-ca-nhan")
    assert found.balance is not None
    assert (found.value, found.balance.children, found.balance.shared, found.balance.own_by) == (
        2, 2, 1, {"cap-nay": 1},
    )  # fmt: skip


def test_what_a_child_did_before_it_came_to_the_parent_stays_outside() -> None:
    moved = dict(UNITS)
    moved["ap"] = {**UNITS["ap"], "parents": [
        {"unit": "xa-2", "from": "2003-01-01", "to": "2020-06-30"}, {"unit": "xa-3", "from": "2020-07-01"},
    ]}  # fmt: skip
    deeds = ideas(("ap", "2020-02-01", "a"), ("ap", "2020-09-01", "b"))
    found = row(Reckoner(Books(units=moved), deeds).account("xa-3", Period(2020, 2020)), IDEAS)
    assert found.balance is not None
    assert (found.value, found.balance.children, found.balance.outside) == (1, 2, 1)


@pytest.mark.parametrize("period", ["2018", "2019-H1", "2019", "2024", "2025", "2026", "2015..2019", "2015..2026"])
@pytest.mark.parametrize("unit", sorted(UNITS))
def test_a_parent_always_equals_its_children_or_says_why_not(unit: str, period: str) -> None:
    for found in account(unit, period, ACROSS).rows:
        if found.balance and found.said is None:
            balance = found.balance
            assert found.value == balance.children - balance.outside - balance.shared + (balance.own or 0)
            assert balance.own == sum(balance.own_by.values())
            assert balance.children == sum(value or 0 for value in found.children.values())


# What is said, and what is not.


def test_nought_is_not_nothing() -> None:
    assert value("xa-2", "2020", "nguoi-tham-gia") is None
    assert value("xa-2", "2020", "nguoi-tham-gia", report("xa-2", "2020", {"nguoi-tham-gia": 0})) == 0
    assert value("xa-2", "2020", IDEAS) == 0  # of the register nothing is nought
    assert value("xa-2", "2020", "tuyen-truyen") is None
    known = row(account("xa-2", "2020", None, report("xa-2", "2020", {"nguoi-tham-gia": 0})), "nguoi-tham-gia")
    assert (known.before, known.change) == (None, None)


def test_what_the_children_say_is_added_and_who_is_silent_is_named() -> None:
    reports = report("xa-2", "2020", {"nguoi-tham-gia": 5}), report("xa-3", "2020", {"nguoi-tham-gia": 0})
    found = row(account("huyen", "2020", None, *reports), "nguoi-tham-gia")
    assert found.said is not None
    assert (found.value, found.said.source, set(found.said.missing)) == (5, "tong-hop", {"thi-tran", "xa-4"})
    assert found.said.reports == ("bc-xa-2-2020-1", "bc-xa-3-2020-1")


def test_records_of_no_child_are_added_to_what_children_say() -> None:
    talks = {
        "tuyen-truyen": [
            Deed("huyen", "2020-01-01", "t", parts=("loa", ("nhan-dan",))),
            Deed("xa-2", "2020-01-01", "u", parts=("loa", ("nhan-dan",))),
        ]
    }
    said = report("xa-2", "2020", {"tuyen-truyen": 7})
    assert value("huyen", "2020", "tuyen-truyen", said, deeds=talks) == 8
    assert value("huyen", "2020", "tuyen-truyen", deeds=talks) == 2


def test_what_a_unit_did_counts_once_above_also_when_it_went_from_one_to_the_other() -> None:
    moved = dict(UNITS)
    moved["ap"] = {**UNITS["ap"], "parents": [
        {"unit": "xa-2", "from": "2003-01-01", "to": "2020-06-30"}, {"unit": "xa-3", "from": "2020-07-01"},
    ]}  # fmt: skip
    talks = {
        "tuyen-truyen": [Deed("ap", day, day, parts=("loa", ("nhan-dan",))) for day in ("2020-02-01", "2020-09-01")]
    }
    said = report("ap", "2020", {"tuyen-truyen": 9})

    def of(unit: str, *reports: Any) -> Row:
        books = Books(units=moved, lists=LISTS, reports={one["id"]: one for one in reports})
        return row(Reckoner(books, talks).account(unit, Period(2020, 2020)), "tuyen-truyen")

    assert [of(unit).value for unit in ("xa-2", "xa-3", "ap", "huyen")] == [1, 1, 2, 2]
    assert [of(unit, said).value for unit in ("xa-2", "xa-3", "ap", "huyen")] == [1, 9, 9, 9]
    found = of("huyen", said)
    assert found.balance is not None
    assert (found.balance.children, found.balance.shared, found.balance.difference) == (10, 1, 0)


def test_a_unit_that_had_ended_has_nothing_to_tell_though_one_below_it_lives_on() -> None:
    said = report("ap", "2026", {"tuyen-truyen": 9})
    assert value("ap", "2026", "tuyen-truyen", said) == 9
    assert value("xa-2", "2026", "tuyen-truyen", said) is None
    assert value("xa-2a", "2026", "tuyen-truyen", said) == 9


def test_a_figure_that_was_reported_stands_and_is_set_against_its_children() -> None:
    said = (
        report("huyen", "2020", {"nguoi-tham-gia": 20}, own=5, why="Cộng cả người các nơi khác về dự"),
        report("xa-2", "2020", {"nguoi-tham-gia": 12}),
    )
    found = row(account("huyen", "2020", None, *said), "nguoi-tham-gia")
    assert found.balance is not None
    assert (found.value, found.balance.children, found.balance.own, found.balance.difference) == (20, 12, 5, 3)
    assert found.balance.why == "Cộng cả người các nơi khác về dự"
    assert set(found.balance.unknown) == {"thi-tran", "xa-3", "xa-4"}


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([("da-nhan", 10), ("da-gui", 99)], 10),  # what comes late takes the place of nothing accepted
        ([("da-nhan", 10), ("da-nhan", 11)], 11),
        ([("da-gui", 10), ("da-gui", 11)], 11),
        ([("tra-lai", 10), ("da-gui", 11)], 11),
        ([("da-gui", 10), ("nhap", 11)], 10),
        ([("nhap", 10)], None),
        ([("tra-lai", 10)], None),
    ],
)
def test_the_version_that_counts(versions: list[tuple[str, int]], expected: int | None) -> None:
    reports = [
        report("xa-2", "2019-H1", {"nguoi-tham-gia": told}, number, status)
        for number, (status, told) in enumerate(versions, 1)
    ]
    assert value("xa-2", "2019-H1", "nguoi-tham-gia", *reports) == expected


def test_a_year_is_what_was_said_of_the_year_and_never_two_halves() -> None:
    half, year = report("xa-2", "2019-H1", {"nguoi-tham-gia": 30}), report("xa-2", "2019", {"nguoi-tham-gia": 50})
    assert value("xa-2", "2019", "nguoi-tham-gia", half, year) == 50
    assert value("xa-2", "2019", "nguoi-tham-gia", half) is None
    deeds = ideas(("xa-2", "2019-02-01", "a"), ("xa-2", "2019-09-01", "b"))
    assert [value("xa-2", period, IDEAS, deeds=deeds) for period in ("2019-H1", "2019")] == [1, 2]


def test_several_years_are_added_and_the_silent_ones_named() -> None:
    reports = [report("xa-2", str(year), {"nguoi-tham-gia": year - 2000}) for year in (2016, 2018)]
    found = row(account("xa-2", "2015..2019", None, *reports), "nguoi-tham-gia")
    assert found.said is not None
    assert (found.value, found.said.missing) == (34, ("2015", "2017", "2019"))
    whole = report("xa-2", "2015..2019", {"nguoi-tham-gia": 100})
    assert value("xa-2", "2015..2019", "nguoi-tham-gia", whole, *reports) == 100


def test_what_lasts_is_told_as_of_the_last_year() -> None:
    reports = report("xa-2", "2018", {"doi-xe": 3}), report("xa-2", "2019", {"doi-xe": 4})
    assert value("xa-2", "2015..2019", "doi-xe", *reports) == 4
    assert value("xa-2", "2015..2019", "doi-xe", reports[0]) is None


def test_before_a_unit_was_there_its_sole_forerunners_speak_for_it() -> None:
    reports = report("xa-3", "2024", {"nguoi-tham-gia": 3}), report("xa-4", "2024", {"nguoi-tham-gia": 4})
    assert value("xa-34", "2024", "nguoi-tham-gia", *reports) == 7
    assert value("xa-2a", "2024", "nguoi-tham-gia", report("xa-2", "2024", {"nguoi-tham-gia": 3})) is None
    assert value("thanh-pho", "2024", "nguoi-tham-gia", *reports) == 7  # by the province, its district, their communes


def test_clubs_are_those_there_at_the_end() -> None:
    clubs = {"cau-lac-bo": [Deed("xa-2", "2019-03-01", "a", until="2020-06-30"), Deed("xa-3", "2019-08-01", "b")]}
    assert [value("huyen", period, "cau-lac-bo", deeds=clubs) for period in ("2019-H1", "2019", "2020")] == [1, 2, 1]
    assert value("huyen", "2018", "cau-lac-bo", deeds=clubs) is None


def test_whom_a_deed_counts_for_is_the_same_asked_from_either_end() -> None:
    real = read_registers(Store(ROOT), load_schemas(Store(ROOT))).books.units
    for units in (UNITS, real):
        history = UnitHistory(units)
        for key in units:
            for day in (
                "1990-01-01",
                "2019-06-30",
                "2019-07-01",
                "2025-06-30",
                "2025-07-01",
                "2026-04-30",
                "2030-01-01",
            ):
                expected = {other for other in units if history.belongs(key, day, other)}
                assert set(history.counted_for(key, day)) == expected, (key, day)
