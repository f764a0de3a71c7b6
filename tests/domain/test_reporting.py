from typing import Any

import pytest

from sangkien.domain.books import Books
from sangkien.domain.period import Period
from sangkien.domain.report_versions import counted, id_of
from sangkien.domain.reporting import Calendar, Reporting, as_data

UNITS = {
    "xa-cu-2003": ("2003-01-01", "2019-06-30", [("huyen-a-2003", "2003-01-01", "2019-06-30")], []),
    "thi-tran-a-2019": ("2019-07-01", "2025-06-30", [("huyen-a-2003", "2019-07-01", "2025-06-30")], ["xa-cu-2003"]),
    "xa-b-2003": ("2003-01-01", "2025-06-30", [("huyen-a-2003", "2003-01-01", "2025-06-30")], []),
    "huyen-a-2003": ("2003-01-01", "2025-06-30", [("tinh-1976", "2003-01-01", "2025-06-30")], []),
    "xa-a-2025": ("2025-07-01", "2026-04-29", [("tinh-2025", "2025-07-01", "2026-04-29")], ["thi-tran-a-2019"]),
    "xa-b-2025": (
        "2025-07-01",
        "",
        [("tinh-2025", "2025-07-01", "2026-04-29"), ("thanh-pho-2026", "2026-04-30", "")],
        ["xa-b-2003"],
    ),
    "phuong-a-2026": ("2026-04-30", "", [("thanh-pho-2026", "2026-04-30", "")], ["xa-a-2025"]),
    "tinh-1976": ("1976-01-01", "2025-06-30", [], []),
    "tinh-2025": ("2025-07-01", "2026-04-29", [], ["tinh-1976"]),
    "thanh-pho-2026": ("2026-04-30", "", [], ["tinh-2025"]),
}
OLD, NEW = {"from": "2018-01-01", "to": "2025-06-30"}, {"from": "2025-07-01"}
RULES = [
    {"kind": "sau-thang", "from_levels": ["xa", "thi-tran"], "due": "06-15", "draft_days": 14, **OLD},
    {"kind": "nam", "from_levels": ["xa", "thi-tran"], "due": "11-30", **OLD},
    {"kind": "sau-thang", "from_levels": ["huyen"], "due": "06-30", **OLD},
    {"kind": "sau-thang", "from_levels": ["xa", "phuong"], "due": "06-15", "draft_days": 14, **NEW},
    {"kind": "nam", "from_levels": ["xa", "phuong"], "due": "12-05", "draft_days": 14, **NEW},
    {"kind": "nam-nam", "from_levels": ["huyen"], "due": "02-29", "next_year": True, "ends_in": [2020], **OLD},
]


def unit(key: str) -> Any:
    since, until, parents, before = UNITS[key]
    level = next(level for level in ("thi-tran", "thanh-pho", "phuong", "huyen", "xa", "tinh") if key.startswith(level))
    record: Any = {"id": key, "level": level, "name": key, "valid_from": since, "predecessors": before}
    record["parents"] = [{"unit": p, "from": f, **({"to": t} if t else {})} for p, f, t in parents]
    return record | ({"valid_to": until} if until else {})


def report(unit_: str, period: str, number: int, status: str, sent: str = "") -> Any:
    key = id_of(unit_, Period.read(period) or Period(1, 1), number)
    record = {"id": key, "unit": unit_, "period": period, "number": number, "status": status, "figures": []}
    return record | ({"sent_on": sent} if sent else {})


def calendar_of(*reports: Any, plans: tuple[Any, ...] = (), movement: Any = None) -> Calendar:
    levels = [{"id": level} for level in ("tinh", "thanh-pho", "huyen", "xa", "phuong", "thi-tran")]
    lists: Any = {"levels": levels, "report_calendar": RULES}
    return Calendar(
        Books(
            movement=movement,
            lists=lists,
            units={key: unit(key) for key in UNITS},
            reports={r["id"]: r for r in reports},
            plans={p["id"]: p for p in plans},
        )
    )


def duties(calendar: Calendar, year: int) -> set[tuple[str, str, str]]:
    return {(duty.unit, str(duty.period), duty.due) for duty in calendar.duties(year)}


def test_who_reports_when_the_units_change() -> None:
    calendar = calendar_of()

    assert duties(calendar, 2019) == {
        ("xa-cu-2003", "2019-H1", "2019-06-15"),  # it ended on the last day of June, after its report was due
        ("xa-b-2003", "2019-H1", "2019-06-15"),
        ("huyen-a-2003", "2019-H1", "2019-06-30"),
        ("thi-tran-a-2019", "2019", "2019-11-30"),  # the heir tells of the whole year
        ("xa-b-2003", "2019", "2019-11-30"),
    }
    assert duties(calendar, 2025) == {
        ("thi-tran-a-2019", "2025-H1", "2025-06-15"),
        ("xa-b-2003", "2025-H1", "2025-06-15"),
        ("huyen-a-2003", "2025-H1", "2025-06-30"),
        ("xa-a-2025", "2025", "2025-12-05"),
        ("xa-b-2025", "2025", "2025-12-05"),
    }
    assert duties(calendar, 2026) == {
        ("phuong-a-2026", "2026-H1", "2026-06-15"),
        ("xa-b-2025", "2026-H1", "2026-06-15"),
        ("phuong-a-2026", "2026", "2026-12-05"),
        ("xa-b-2025", "2026", "2026-12-05"),
    }
    assert duties(calendar, 2017) == set()


def test_several_years_are_due_the_year_after_and_no_rule_falls_out_of_the_calendar() -> None:
    assert ("huyen-a-2003", "2016..2020", "2021-02-28") in duties(calendar_of(), 2020)


def test_the_nearest_plan_sets_the_day() -> None:
    def plan(unit_: str, due: str, level: str = "xa") -> Any:
        entry = {"what": "x", "due": due, "from_level": level, "period": "2019"}
        return {"id": f"kh-{unit_}", "unit": unit_, "year": 2019, "calendar": [entry]}

    above = plan("huyen-a-2003", "2019-11-15")
    assert ("xa-b-2003", "2019", "2019-11-15") in duties(calendar_of(plans=(above,)), 2019)
    assert ("thi-tran-a-2019", "2019", "2019-11-30") in duties(calendar_of(plans=(above,)), 2019)
    own = plan("xa-b-2003", "2019-11-20")
    assert ("xa-b-2003", "2019", "2019-11-20") in duties(calendar_of(plans=(above, own)), 2019)
    # A plan asks too where no rule does.
    asked = plan("tinh-1976", "2019-12-20", "huyen")
    assert ("huyen-a-2003", "2019", "2019-12-20") in duties(calendar_of(plans=(asked,)), 2019)


def states(calendar: Calendar, unit_: str, year: int, on: str) -> dict[str, dict[str, tuple[str, int]]]:
    matrix = calendar.matrix(unit_, year, on)
    return {k: {str(p): (s.state, s.days) for p, s in row.items()} for k, row in matrix.rows.items()}


def test_in_time_late_missing_and_not_yet() -> None:
    calendar = calendar_of(
        report("xa-cu-2003", "2019-H1", 1, "da-gui", "2019-06-15"),
        report("xa-b-2003", "2019-H1", 1, "tra-lai", "2019-06-10"),
        report("xa-b-2003", "2019-H1", 2, "da-nhan", "2019-06-18"),
        report("thi-tran-a-2019", "2019", 1, "nhap"),
    )

    assert states(calendar, "huyen-a-2003", 2019, "2019-12-01") == {
        "huyen-a-2003": {"2019-H1": ("chua-gui", 0)},
        "xa-b-2003": {"2019-H1": ("tre", 3), "2019": ("chua-gui", 0)},
        "xa-cu-2003": {"2019-H1": ("dung-han", 0)},
        "thi-tran-a-2019": {"2019": ("chua-gui", 0)},
    }
    # As it stood on an earlier day: what was sent later was not there yet.
    assert states(calendar, "huyen-a-2003", 2019, "2019-06-16")["xa-b-2003"] == {
        "2019-H1": ("chua-gui", 0),
        "2019": ("chua-den-han", 0),
    }
    half, year = Period(2019, 2019, half=True), Period(2019, 2019)
    assert calendar.reporting("huyen-a-2003", half, "2019-12-01") == Reporting(
        expected=2, on_time=1, late=1, missing=0, ahead=0
    )
    assert calendar.reporting("huyen-a-2003", year, "2019-11-30") == Reporting(
        expected=2, on_time=0, late=0, missing=0, ahead=2
    )


def test_a_heir_shows_the_reports_of_what_it_carries_on_and_a_city_those_of_the_province_before() -> None:
    calendar = calendar_of()

    assert set(states(calendar, "thi-tran-a-2019", 2019, "2020-01-01")) == {"xa-cu-2003", "thi-tran-a-2019"}
    assert set(states(calendar, "thanh-pho-2026", 2025, "2026-05-01")) == {
        *("thi-tran-a-2019", "xa-b-2003", "huyen-a-2003"),
        *("xa-a-2025", "xa-b-2025"),
    }
    assert set(states(calendar, "huyen-a-2003", 2025, "2026-05-01")) == {
        "huyen-a-2003",
        "thi-tran-a-2019",
        "xa-b-2003",
    }


@pytest.mark.parametrize(
    ("versions", "number"),
    [
        ([], None),
        ([(1, "nhap")], None),
        ([(1, "tra-lai"), (2, "nhap")], None),
        ([(1, "da-gui")], 1),
        ([(1, "da-gui"), (2, "da-gui")], 2),
        ([(1, "da-nhan"), (2, "da-gui")], 1),  # sent again after it was accepted: replaces nothing by itself
        ([(1, "da-nhan"), (2, "da-nhan"), (3, "tra-lai")], 2),
    ],
)
def test_the_version_that_counts(versions: list[tuple[int, str]], number: int | None) -> None:
    found = counted(report("xa-b-2003", "2019", n, status, "2019-12-01") for n, status in versions)

    assert (found["number"] if found else None) == number


def drafts(calendar: Calendar, on: str) -> set[tuple[str, str]]:
    return {(duty.unit, str(duty.period)) for duty in calendar.to_draft(on)}


def test_drafts_are_due_some_days_before_and_only_while_nothing_is_written() -> None:
    calendar = calendar_of()
    assert drafts(calendar, "2026-05-31") == {("xa-b-2025", "2025")}
    both = {("phuong-a-2026", "2026-H1"), ("xa-b-2025", "2026-H1")}
    assert drafts(calendar, "2026-06-01") == both | {("xa-b-2025", "2025")}  # what ended writes nothing any more
    begun = calendar_of(report("xa-b-2025", "2026-H1", 1, "nhap"))
    assert drafts(begun, "2026-06-01") == {("phuong-a-2026", "2026-H1"), ("xa-b-2025", "2025")}
    assert drafts(calendar, "2026-11-21") == both | {("phuong-a-2026", "2026"), ("xa-b-2025", "2026")}


def test_what_was_returned_is_offered_once_more() -> None:
    returned = report("xa-b-2025", "2026-H1", 1, "tra-lai", "2026-06-10")
    assert ("xa-b-2025", "2026-H1") in drafts(calendar_of(returned), "2026-06-20")
    again = report("xa-b-2025", "2026-H1", 2, "nhap")
    assert ("xa-b-2025", "2026-H1") not in drafts(calendar_of(returned, again), "2026-06-20")


def test_a_movement_draws_up_the_reports_of_its_own_units() -> None:
    assert drafts(calendar_of(movement={"unit": "phuong-a-2026"}), "2026-06-01") == {("phuong-a-2026", "2026-H1")}
    assert drafts(calendar_of(movement={"unit": "xa-cu-2003"}), "2026-06-01") == {("phuong-a-2026", "2026-H1")}
    assert ("xa-b-2025", "2026-H1") in drafts(calendar_of(movement={"unit": "tinh-1976"}), "2026-06-01")


def test_the_matrix_as_data() -> None:
    calendar = calendar_of(report("xa-b-2003", "2019-H1", 1, "da-gui", "2019-06-20"))
    data = as_data(calendar.matrix("xa-b-2003", 2019, "2019-07-01"))

    assert data["periods"] == ["2019-H1", "2019"]
    assert data["units"] == [
        {
            "unit": "xa-b-2003",
            "reports": [
                {
                    "period": "2019-H1",
                    "due": "2019-06-15",
                    "state": "tre",
                    "sent_on": "2019-06-20",
                    "days_late": 5,
                    "counted": 1,
                    "versions": 1,
                },
                {
                    "period": "2019",
                    "due": "2019-11-30",
                    "state": "chua-den-han",
                    "sent_on": None,
                    "days_late": 0,
                    "counted": None,
                    "versions": 0,
                },
            ],
        }
    ]
    assert data["summary"]["2019"] == {"expected": 0, "on_time": 0, "late": 0, "missing": 0, "ahead": 0}


def test_what_a_report_leaves_blank_it_does_not_say() -> None:
    sent = report("xa-b-2003", "2019", 1, "da-gui", "2019-12-01")
    sent |= {"figures": [{"figure": "a"}, {"figure": "b", "value": 0}], "guidance": "…\n", "results": "Đã làm."}
    found = counted([sent])

    assert found
    assert found["figures"] == [{"figure": "b", "value": 0}]
    assert "guidance" not in found
    assert found["results"] == "Đã làm."
    assert len(sent["figures"]) == 2
