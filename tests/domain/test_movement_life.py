"""The rules of what comes after recognition, on plain values: each case is one sound record with one thing changed."""

from typing import Any

import pytest

from sangkien.domain.books import Books
from sangkien.domain.notation import Document
from sangkien.domain.rules import registers, spreading
from sangkien.domain.rules.index import Index, Row

XA, HUYEN, GONE = "xa-a-2010", "huyen-b-2003", "xa-cu-2003"
GOOD, REFUSED, WITHDRAWN = "2019-B8M4-R0XT", "2019-7K3Q-F2TY", "2019-0000-000H"
BOOKS = Books.gather([
    ("unit", XA, {"id": XA, "level": "xa", "name": "A", "valid_from": "2010-01-01", "parents": [
        {"unit": HUYEN, "from": "2010-01-01"},
    ]}),
    ("unit", HUYEN, {"id": HUYEN, "level": "huyen", "name": "B", "valid_from": "2003-01-01"}),
    ("unit", GONE, {"id": GONE, "level": "xa", "name": "C", "valid_from": "2003-01-01", "valid_to": "2009-12-31"}),
    ("decision", "qd-1", {"id": "qd-1", "kind": "cong-nhan", "date": "2019-07-01"}),
    ("lists", "lists", {"levels": [], "report_figures": [
        {"id": "nguoi", "from": "2015-01-01", "to": "2019-12-31"},
        {"id": "nguoi-moi", "from": "2020-01-01"},
    ]}),
])  # fmt: skip


def row(code: str, outcome: str = "", **fields: Any) -> Row:
    history = {"hd": ((outcome, "2019-06-10"),)} if outcome else {}
    return Row(code=code, file=f"{code}.yml", history=history, **fields)


ROWS = (
    row(GOOD, "cong-nhan", submitted_on="2019-03-01"),
    row(REFUSED, "khong-cong-nhan", submitted_on="2019-03-01"),
    row(WITHDRAWN),
)
INDEX = Index(books=BOOKS, ideas={one.code: one for one in ROWS})
SOUND: dict[str, dict[str, Any]] = {
    "ceremony": {"unit": XA, "date": "2019-12-20", "decisions": ["qd-1"]},
    "club": {
        "unit": XA, "founded_on": "2019-01-15", "closed_on": "2019-12-31",
        "counts": [{"date": "2019-06-30", "members": 9}], "activities": [{"date": "2019-12-31", "what": "x"}],
    },
    "emulation_round": {
        "unit": XA, "opens_on": "2019-01-02", "closes_on": "2019-12-31",
        "reviews": [{"kind": "so-ket", "date": "2019-06-28"}, {"kind": "tong-ket", "date": "2020-01-10"}],
    },
    "inspection": {
        "by_unit": HUYEN, "unit": XA, "date": "2019-10-15",
        "checklist": [{"item": "a", "result": "dat"}, {"item": "b", "result": "dat"}],
        "findings": [{"what": "x", "due": "2019-11-15", "done_on": "2019-11-02"}],
    },
    "invitation": {
        "from_unit": HUYEN, "sent_on": "2019-08-20", "codes": [GOOD, WITHDRAWN],
        "to": [{"unit": XA, "answer": "nhan-lam", "answered_on": "2019-08-20"}, {"unit": HUYEN}],
    },
    "model": {
        "unit": XA, "since": "2019-02-01", "ended_on": "2020-02-01", "spread": [{"unit": HUYEN, "since": "2021-01-01"}],
    },
    "outreach": {"unit": XA, "date": "2019-08-10"},
    "plan": {
        "unit": XA, "year": 2019, "local_contents": [{"content": "nd1"}, {"content": "nd2"}],
        "tasks": [{"what": "x"}, {"what": "y", "unit": HUYEN, "code": GOOD, "status": "xong", "done_on": "2019-05-01"}],
        "calendar": [{"due": "2019-06-15", "period": "2019-H1"}],
    },
    "policy_comment": {"unit": XA, "date": "2019-07-05", "answer": {"date": "2019-08-01"}},
    "problem": {"unit": XA, "posted_on": "2019-02-01", "status": "da-giai", "closed_on": "2019-07-01", "codes": [GOOD]},
    "referral": {
        "code": GOOD, "from_unit": XA, "to_unit": HUYEN, "sent_on": "2019-09-01", "status": "co-trien-vong",
        "answered_on": "2019-10-01",
    },
    "report": {
        "id": f"bc-{XA}-2019-1", "unit": XA, "period": "2019", "number": 1, "status": "da-nhan",
        "drafted_on": "2019-11-16", "sent_on": "2019-11-30", "accepted_on": "2019-12-05",
        "figures": [{"figure": "nguoi", "value": 9}, {"figure": "kiem-tra", "value": 0, "own": 0}],
    },
    "sponsorship": {"unit": XA, "date": "2019-10-01", "amount": 5, "uses": [{"date": "2019-10-01", "amount": 5}]},
}  # fmt: skip


def found(kind: str, **changed: Any) -> set[str]:
    """Check a sound record with some fields changed; one changed to None is left out."""
    record = {key: value for key, value in {**SOUND[kind], **changed}.items() if value is not None}
    return {finding.code.value for finding in registers.check(kind, Document(file="x", record=record), INDEX)}


@pytest.mark.parametrize("kind", SOUND)
def test_sound(kind: str) -> None:
    assert found(kind) == set()


@pytest.mark.parametrize(
    ("kind", "changed", "codes"),
    [
        ("ceremony", {"unit": GONE}, {"E307"}),
        ("ceremony", {"date": "2019-06-30"}, {"H960"}),
        ("club", {"founded_on": "2019-07-01"}, {"E312"}),
        ("club", {"closed_on": "2019-12-30"}, {"E312"}),
        ("club", {"closed_on": "2018-12-30", "counts": None, "activities": None}, {"E312"}),
        ("club", {"counts": [{"date": "2019-06-30"}, {"date": "2019-06-30"}]}, {"E324"}),
        ("emulation_round", {"unit": GONE}, {"E307"}),
        ("emulation_round", {"reviews": [{"kind": "tong-ket", "date": "2019-01-01"}]}, {"E312"}),
        ("emulation_round", {"reviews": [{"kind": "so-ket", "date": "2020-01-01"}]}, {"E312"}),
        ("emulation_round", {"reviews": [{"kind": "tong-ket", "date": "2020-01-01"}] * 2}, {"E324"}),
        ("inspection", {"unit": GONE}, {"E307"}),
        ("inspection", {"by_unit": GONE}, {"E307"}),
        ("inspection", {"checklist": [{"item": "a"}, {"item": "a"}]}, {"E324"}),
        ("inspection", {"findings": [{"what": "x", "done_on": "2019-10-14"}]}, {"E312"}),
        ("inspection", {"findings": [{"what": "x", "due": "2019-10-14"}]}, {"E312"}),
        ("invitation", {"codes": [REFUSED]}, {"E317"}),
        ("invitation", {"to": [{"unit": GONE}]}, {"E307"}),
        ("invitation", {"to": [{"unit": XA}, {"unit": XA}]}, {"E324"}),
        ("invitation", {"to": [{"unit": XA, "answered_on": "2019-09-01"}]}, {"E201"}),
        ("invitation", {"to": [{"unit": XA, "answer": "nhan-lam", "answered_on": "2019-08-01"}]}, {"E312"}),
        ("model", {"ended_on": "2019-01-01"}, {"E312"}),
        ("model", {"spread": [{"unit": HUYEN, "since": "2019-01-01"}]}, {"E312"}),
        ("model", {"spread": [{"unit": HUYEN, "since": "2019-03-01"}] * 2}, {"E324"}),
        ("model", {"spread": [{"unit": GONE, "since": "2019-03-01"}]}, {"E307"}),
        ("outreach", {"date": "2009-12-31"}, {"E307"}),
        ("plan", {"local_contents": [{"content": "nd1"}, {"content": "nd1"}]}, {"E324"}),
        ("plan", {"tasks": [{"status": "xong"}]}, {"E201"}),
        ("plan", {"tasks": [{"done_on": "2019-05-01"}]}, {"E370"}),
        ("plan", {"tasks": [{"unit": GONE}]}, {"E307"}),
        ("plan", {"tasks": [{"code": REFUSED}]}, {"E317"}),
        ("plan", {"calendar": [{"due": "2019-06-15", "period": "2019..2019"}]}, {"E362"}),
        ("plan", {"calendar": [{"due": "2019-06-15", "period": "2020-H1"}]}, {"E312"}),
        ("policy_comment", {"answer": {"date": "2019-07-04"}}, {"E312"}),
        ("problem", {"codes": []}, {"E201"}),
        ("problem", {"closed_on": None}, {"E201"}),
        ("problem", {"closed_on": "2019-01-01"}, {"E312"}),
        ("problem", {"status": "dang-cho"}, {"E370"}),
        ("problem", {"status": "thoi", "codes": None}, set()),
        ("problem", {"codes": [REFUSED]}, {"E317"}),
        ("problem", {"until": "2019-01-31"}, {"E312"}),
        ("referral", {"status": "da-gui"}, {"E370"}),
        ("referral", {"answered_on": None}, {"E201"}),
        ("referral", {"status": "dang-soan", "sent_on": None, "answered_on": None}, set()),
        ("referral", {"answered_on": "2019-08-01"}, {"E312"}),
        ("referral", {"to_unit": XA}, {"E343"}),
        ("referral", {"code": REFUSED}, {"E317"}),
        ("report", {"id": f"bc-{XA}-2019-2"}, {"E361"}),
        ("report", {"sent_on": None, "accepted_on": None, "status": "nhap"}, set()),
        ("report", {"accepted_on": None, "status": "da-gui"}, set()),
        ("report", {"sent_on": None}, {"E201"}),
        ("report", {"accepted_on": None}, {"E201"}),
        ("report", {"status": "tra-lai"}, {"E201", "E370"}),
        ("report", {"status": "nhap"}, {"E370"}),
        ("report", {"accepted_on": "2019-11-29"}, {"E312"}),
        ("report", {"drafted_on": "2019-12-01"}, {"E312"}),
        ("report", {"id": f"bc-{XA}-2020-1", "period": "2020", "figures": []}, {"E312"}),
        ("report", {"id": f"bc-{XA}-2015-2020-1", "period": "2015..2020"}, {"E363"}),
        ("report", {"id": f"bc-{XA}-2019-2015-1", "period": "2019..2015"}, {"E362"}),
        ("report", {"id": f"bc-{GONE}-2019-1", "unit": GONE}, {"E307"}),
        ("report", {"figures": [{"figure": "kiem-tra", "value": 1}] * 2}, {"E324"}),
        ("report", {"figures": [{"figure": "kiem-tra", "value": 1, "own": 2}]}, {"E364"}),
        ("sponsorship", {"amount": 4}, {"E360"}),
        ("sponsorship", {"amount": None}, {"E201"}),
        ("sponsorship", {"amount": None, "in_kind": "Mười cuốn sổ"}, set()),
        ("sponsorship", {"date": "2019-10-02"}, {"E312"}),
    ],
)
def test_each_rule(kind: str, changed: dict[str, Any], codes: set[str]) -> None:
    assert found(kind, **changed) == codes


LISTS: dict[str, Any] = {
    "report_figures": [
        {"id": "nguoi", "from": "2015-01-01", "to": "2019-12-31"},
        {"id": "nguoi", "from": "2020-01-01"},
    ],
    "report_calendar": [{"kind": "nam-nam", "due": "12-20", "ends_in": [2020], "from": "2018-01-01"}],
    "evaluations": [
        {
            "id": "e", "from": "2018-01-01", "rule": [["a"], ["a", "b"]],
            "conditions": [
                {"id": "a", "measure": "ke-hoach"},
                {"id": "b", "measure": "nguoi-tham-gia", "figure": "nguoi"},
            ],
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "changed", "codes"),
    [
        ("report_figures", {}, set()),
        ("report_figures", {"to": "2020-01-01"}, {"E324"}),
        ("report_figures", {"to": "2014-01-01"}, {"E312"}),
        ("report_figures", {"id": "kiem-tra"}, {"E324"}),
        ("report_calendar", {"due": "02-29"}, {"E212"}),
        ("report_calendar", {"ends_in": None}, {"E201"}),
        ("evaluations", {"rule": [["c"]]}, {"E369"}),
        ("evaluations", {"conditions": [{"id": "a", "measure": "ke-hoach"}] * 2, "rule": [["a"]]}, {"E324"}),
        ("evaluations", {"conditions": [{"id": "a", "measure": "nguoi-tham-gia"}], "rule": [["a"]]}, {"E201"}),
    ],
)
def test_lists(name: str, changed: dict[str, Any], codes: set[str]) -> None:
    first = {key: value for key, value in {**LISTS[name][0], **changed}.items() if value is not None}
    document = Document(file="x", record=LISTS | {name: [first, *LISTS[name][1:]]})

    assert {finding.code.value for finding in registers.check("lists", document, INDEX)} == codes


def place(number: int, learned_from: int | None = None, **fields: Any) -> dict[str, Any]:
    learned = {} if learned_from is None else {"learned_from": learned_from}
    return {"number": number, "unit": XA, "since": "2019-08-01"} | learned | fields


@pytest.mark.parametrize(
    ("places", "codes"),
    [
        ([place(1), place(2, 1), place(3, 2)], set()),
        ([place(1, 2), place(2)], set()),
        ([place(1, 1)], {"E365"}),
        ([place(1, 2)], {"E365"}),
        ([place(1, 2), place(2, 3), place(3, 1)], {"E366"}),
        ([place(1, 2), place(2, 3), place(3, 2)], {"E366"}),
        ([place(1, 2), place(2, since="2019-08-02")], {"E312"}),
        ([place(1, follow_ups=[{"date": "2019-08-01"}, {"date": "2020-08-01"}])], set()),
        ([place(1, follow_ups=[{"date": "2019-07-31"}])], {"E312"}),
        ([place(1, follow_ups=[{"date": "2020-08-01"}, {"date": "2020-02-01"}])], {"E312"}),
        ([place(1, confirmed_on="2019-09-01", confirmation={"by_unit": GONE})], {"E307"}),
    ],
)
def test_applications(places: list[dict[str, Any]], codes: set[str]) -> None:
    numbered = {one["number"]: one for one in places}
    findings = [
        finding.code.value
        for one in places
        for finding in spreading.application(one, Document(file="x", record=one), numbered, INDEX)
    ]

    assert set(findings) == codes


A, B, C = "2020-AAAA-0000", "2020-BBBB-0000", "2020-CCCC-0000"


@pytest.mark.parametrize(
    ("built", "codes"),
    [
        ({A: (GOOD, WITHDRAWN)}, {}),
        ({A: (REFUSED,)}, {A: {"E317"}}),
        ({A: ("2020-ZZZZ-0000",)}, {A: {"E367"}}),
        ({A: (A,)}, {A: {"E367"}}),
        ({A: (B,), B: (A,)}, {A: {"E368"}, B: {"E368"}}),
        ({A: (B,), B: (C,), C: (B,)}, {B: {"E368"}, C: {"E368"}}),
        ({A: (B, C), B: (C,)}, {}),
    ],
)
def test_ideas_built_on_others(built: dict[str, tuple[str, ...]], codes: dict[str, set[str]]) -> None:
    rows = [row(code, "cong-nhan", submitted_on="2020-01-01", builds_on=built.get(code, ())) for code in (A, B, C)]
    index = Index(books=BOOKS, ideas={one.code: one for one in (*ROWS, *rows)})

    told: dict[str, set[str]] = {}
    for finding in spreading.of_ideas(rows, index):
        told.setdefault(finding.where.file.removesuffix(".yml"), set()).add(finding.code.value)

    assert told == codes
