"""Nominations, appeals and exclusions, case by case, on plain values."""

from collections.abc import Mapping
from typing import Any

import pytest

from sangkien.domain import nomination
from sangkien.domain.books import Books
from sangkien.domain.desk import Change, Pull
from sangkien.domain.nomination import Case, Honour, Ladder, case_of
from sangkien.domain.notation import Document
from sangkien.domain.proposal import read
from sangkien.domain.rules import nominations
from sangkien.domain.rules.index import Index, Row

CODE, TWIN = "2019-B8M4-R0XT", "2019-7K3Q-F2TY"
XA, HUYEN, TINH, SCHOOL = "xa-a-2010", "huyen-b-2003", "tinh-c-1991", "truong-d-2012"
History = Mapping[str, tuple[tuple[str, str], ...]]
RECOGNISED: History = {"hd-xa": (("cong-nhan", "2019-06-10"),)}
REFUSED: History = {"hd-xa": (("khong-cong-nhan", "2019-06-10"),)}


def unit(key: str, *parents: str, **fields: Any) -> dict[str, Any]:
    above = {"parents": [{"unit": parent, "from": "2003-01-01"} for parent in parents]} if parents else {}
    level = key.partition("-")[0]
    return {"id": key, "level": level, "name": "X", "valid_from": "1991-01-01", **above, **fields}


def books(*given: dict[str, Any], excludes: list[Any] | None = None) -> Books:
    shelved: list[tuple[str, str, Any]] = [
        ("lists", "lists", {"levels": [
            {"id": "tinh", "rank": 1}, {"id": "huyen", "rank": 2}, {"id": "xa", "rank": 3}, {"id": "truong"},
        ]}),
        ("unit", TINH, unit(TINH)),
        ("unit", HUYEN, unit(HUYEN, TINH)),
        ("unit", XA, unit(XA, HUYEN, valid_to="2025-06-30")),
        ("unit", "xa-moi-2025", unit("xa-moi-2025", TINH, predecessors=[XA])),
        ("unit", SCHOOL, unit(SCHOOL, XA)),
        *(("council", f"hd-{name}", {"id": f"hd-{name}", "unit": u}) for name, u in (("xa", XA), ("tinh", TINH))),
        *(("round", f"dot-{name}", {"id": f"dot-{name}", "council": f"hd-{name}"}) for name in ("xa", "tinh")),
    ]  # fmt: skip
    if excludes is not None:
        shelved[-2][2]["excludes"] = excludes
        shelved[-1][2]["excludes"] = excludes
    return Books.gather([*shelved, *(("nomination", one["id"], one) for one in given)])


def upwards(**changed: Any) -> dict[str, Any]:
    return {"id": "dn-1", "code": CODE, "from_unit": XA, "to_unit": TINH, "council": "hd-tinh", "round": "dot-tinh",
            "sent_on": "2019-07-01", "status": "da-gui"} | changed  # fmt: skip


def appeal(**changed: Any) -> dict[str, Any]:
    before = {"id": "dn-1", "purpose": "xet-lai", "from_unit": XA, "to_unit": XA, "council": "hd-xa", "round": "dot-xa"}
    return upwards(**before, reason="Có số đo.", sent_on="2019-06-20") | changed


def row(code: str = CODE, history: History = RECOGNISED, **fields: Any) -> Row:
    return Row(code=code, file=f"{code}.yml", submitted_on="2019-03-01", history=history, **fields)


def found(
    record: dict[str, Any], *rows: Row, others: tuple[Any, ...] = (), excludes: list[Any] | None = None
) -> set[str]:
    record = {key: value for key, value in record.items() if value is not None}
    index = Index(books=books(record, *others, excludes=excludes), ideas={one.code: one for one in rows})
    return {f.code.value for f in nominations.check(record, Document(file="dn-1.yml", record=record), index)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, set()),
        ({"round": None}, {"E201"}),
        ({"council": None}, {"E201"}),
        ({"council": None, "round": None}, set()),
        ({"code": None, "person": "p-0a1b2c3d"}, {"E201"}),
        ({"code": None, "person": "p-0a1b2c3d", "council": None, "round": None}, {"E201"}),
        ({"code": None, "person": "p-0a1b2c3d", "council": None, "round": None, "title": "t"}, set()),
        ({"round": "dot-xa"}, {"E341"}),
        ({"to_unit": HUYEN}, {"E342"}),
        ({"from_unit": TINH}, {"E343"}),
        ({"from_unit": SCHOOL}, set()),
        ({"sent_on": None}, {"E201"}),
        ({"status": "cong-nhan", "answered_on": "2019-08-01"}, {"E347"}),
        ({"status": "cong-nhan", "answered_on": "2019-08-01", "council": None, "round": None}, set()),
        ({"status": "cong-nhan", "council": None, "round": None}, {"E201"}),
        ({"answered_on": "2019-06-30"}, {"E312"}),
    ],
)  # fmt: skip
def test_a_nomination_to_a_higher_level(changed: dict[str, Any], expected: set[str]) -> None:
    assert found(upwards(**changed), row()) == expected


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (RECOGNISED, set()),
        ({}, {"E317"}),
        (REFUSED, {"E317"}),
        ({"hd-tinh": (("cong-nhan", "2019-06-10"),)}, {"E317"}),  # by the very council it is put before
        ({"hd-xa": (("cong-nhan", "2019-06-10"), ("khong-cong-nhan", "2019-06-20"))}, {"E317"}),
    ],
)
def test_only_what_a_lower_council_recognised_goes_up(history: History, expected: set[str]) -> None:
    assert found(upwards(), row(history=history)) == expected


@pytest.mark.parametrize("outcome", ["cong-nhan", "khong-cong-nhan"])
def test_a_council_here_answers_by_its_conclusion(outcome: str) -> None:
    answered = upwards(status=outcome, answered_on="2019-08-01")
    for concluded, expected in (("cong-nhan", outcome == "cong-nhan"), ("khong-cong-nhan", outcome != "cong-nhan")):
        history = {**RECOGNISED, "hd-tinh": ((concluded, "2019-08-01"),)}
        assert (found(answered, row(history=history)) == set()) is expected


AGAIN = (("khong-cong-nhan", "2019-06-10"), ("cong-nhan", "2019-07-10"))


@pytest.mark.parametrize(
    ("changed", "history", "expected"),
    [
        ({}, REFUSED, set()),
        ({}, {}, {"E345"}),
        ({}, RECOGNISED, {"E345"}),
        ({}, {"hd-xa": (("bo-sung", "2019-06-10"),)}, {"E345"}),
        ({}, {"hd-xa": AGAIN}, set()),  # heard, and successful: the record stays as it was
        ({"sent_on": "2019-07-20"}, {"hd-xa": AGAIN}, {"E345"}),
        ({"sent_on": "2019-07-10"}, {"hd-xa": (AGAIN[0], ("khong-cong-nhan", "2019-07-10"))}, set()),
        ({"sent_on": "2019-06-01"}, REFUSED, {"E345"}),
        ({"to_unit": TINH, "council": "hd-tinh", "round": "dot-tinh"}, REFUSED, {"E344", "E345"}),
        ({"reason": None}, REFUSED, {"E201"}),
        ({"sent_on": None}, REFUSED, {"E201"}),
        ({"council": None, "round": None}, REFUSED, {"E201"}),
    ],
)
def test_an_appeal_stands_against_a_refusal(changed: dict[str, Any], history: History, expected: set[str]) -> None:
    assert found(appeal(**changed), row(history=history)) == expected


def test_a_refusal_is_appealed_against_once() -> None:
    first = appeal(id="dn-0")
    assert found(appeal(), row(history=REFUSED), others=(first,)) == {"E346"}
    assert found(first, row(history=REFUSED), others=(appeal(),)) == set()

    twice = {"hd-xa": (("khong-cong-nhan", "2019-06-10"), ("khong-cong-nhan", "2019-07-10"))}
    later = appeal(sent_on="2019-07-20")
    assert found(later, row(history=twice), others=(first,)) == set()


PROVINCE = [{"recognised_by_levels": ["tinh"]}]
OTHERS = (upwards(id="dn-9", code=TWIN, council=None, round=None, status="cong-nhan", answered_on="2019-05-01"),)


@pytest.mark.parametrize(
    ("rows", "excludes", "expected"),
    [
        ((row(),), PROVINCE, set()),
        ((row(),), [{"recognised_by_levels": ["xa"]}], {"E348"}),
        ((row(),), [{"recognised_since": "2019-06-10"}], {"E348"}),
        ((row(),), [{"recognised_since": "2019-06-11"}], set()),
        ((row(),), [{"recognised_by_levels": ["xa"], "recognised_since": "2019-06-11"}], set()),
        ((row(),), [{"recognised_since": "2019-06-11"}, {"recognised_by_levels": ["xa"]}], {"E348"}),
        ((row(same_as=(TWIN,)), row(TWIN)), PROVINCE, {"E348"}),  # its twin was recognised by another level's answer
        ((row(),  row(TWIN)), PROVINCE, set()),  # nobody said they are the same
        ((row(history={**RECOGNISED, "hd-tinh": (("cong-nhan", "2019-08-01"),)}),), PROVINCE, set()),
    ],
)  # fmt: skip
def test_what_a_round_excludes(rows: tuple[Row, ...], excludes: list[Any], expected: set[str]) -> None:
    others = tuple({key: value for key, value in one.items() if value is not None} for one in OTHERS)

    assert found(upwards(), *rows, others=others, excludes=excludes) == expected


def test_an_idea_that_says_it_is_one_recognised_higher_is_kept_out_of_its_own_round() -> None:
    higher = {**RECOGNISED, "hd-tinh": (("cong-nhan", "2018-05-01"),)}
    rows = [row(history={}, round="dot-xa", same_as=(TWIN,)), row(TWIN, higher)]

    def said(rows: list[Row], excludes: list[Any]) -> list[tuple[str, str]]:
        index = Index(books=books(excludes=excludes), ideas={one.code: one for one in rows})
        return [(f.code.value, f.where.file) for f in nominations.of_ideas(rows, index)]

    assert said(rows, PROVINCE) == [("E348", f"{CODE}.yml")]
    assert said(rows, [{"recognised_by_levels": ["huyen"]}]) == []
    # What its council concluded before the other was recognised stands.
    earlier = [row(history={"hd-xa": (("cong-nhan", "2018-01-01"),)}, round="dot-xa", same_as=(TWIN,)), rows[1]]
    assert said(earlier, PROVINCE) == []
    assert said(rows[:1], PROVINCE) == [("E349", f"{CODE}.yml")]


def test_ladder() -> None:
    ladder = Ladder(books())

    assert ladder.is_above(TINH, XA)
    assert not ladder.is_above(XA, TINH)
    assert not ladder.is_above(XA, XA)
    assert ladder.is_above(XA, SCHOOL)
    assert ladder.is_above("xa-moi-2025", SCHOOL)  # what became of the commune the school belonged to
    assert not ladder.is_above(SCHOOL, XA)


def test_honours_are_counted_apart_from_ideas() -> None:
    answered = upwards(id="dn-9", council=None, round=None, to_unit=HUYEN, status="cong-nhan", answered_on="2019-07-01")
    ladder = Ladder(books({key: value for key, value in answered.items() if value is not None}))
    history = {**RECOGNISED, "hd-tinh": (("cong-nhan", "2019-08-01"),)}

    honours = ladder.honours(CODE, row(history=history).concluded)

    assert [(h.unit, h.on) for h in honours] == [(XA, "2019-06-10"), (HUYEN, "2019-07-01"), (TINH, "2019-08-01")]
    assert [h.unit for h in ladder.higher(honours, HUYEN)] == [TINH]
    assert ladder.higher([Honour(unit="", on="2019-01-01")], XA) == ()


@pytest.mark.parametrize(
    ("record", "case"),
    [
        (upwards(), Case(CODE, "hd-tinh", "dot-tinh")),
        ({key: value for key, value in upwards().items() if key != "round"}, None),
        (upwards(council=["hd"]), None),
        (upwards(status="khong-cong-nhan"), None),
        (None, None),
        ("code", None),
    ],
)
def test_case_of(record: Any, case: Case | None) -> None:
    assert case_of(record) == case


PULL = Pull(number=1, title="x", is_open=True, merged=False, branch="b", head="h", base="main", inside=True,
            labels=frozenset(), author=1, by_bot=False)  # fmt: skip
FILE = "content/register/nominations/dn-1.yml"


@pytest.mark.parametrize(
    ("changes", "file"),
    [
        ([Change(path=FILE, status="added")], FILE),
        ([Change(path=FILE, status="modified")], FILE),
        ([Change(path=FILE, status="removed")], None),
        ([Change(path=FILE, status="renamed", before="content/register/nominations/dn-0.yml")], None),
        ([Change(path=FILE, status="added"), Change(path="content/register/lists.yml", status="modified")], None),
        ([Change(path="content/register/units/xa-a-2010.yml", status="added")], None),
    ],
)
def test_one_nomination_alone_may_be_a_case(changes: list[Change], file: str | None) -> None:
    assert nomination.file_of(read(PULL, changes)) == file


def test_next_id() -> None:
    assert nomination.next_id(CODE, ["dn-2019-b8m4-r0xt-1", "dn-1"]) == "dn-2019-b8m4-r0xt-2"


@pytest.mark.parametrize(
    ("record", "history", "heard"),
    [
        (upwards(), (), False),
        (upwards(), (("khong-cong-nhan", "2019-06-30"),), False),
        (upwards(), (("khong-cong-nhan", "2019-07-01"),), True),
        (appeal(), REFUSED["hd-xa"], False),
        (appeal(), AGAIN, True),
        (appeal(sent_on="2019-06-10"), (AGAIN[0], ("cong-nhan", "2019-06-10")), True),
        (appeal(id="dn-2"), (AGAIN[0], AGAIN[0]), False),  # the second refusal answered the first appeal
        (appeal(id="dn-2"), (AGAIN[0], AGAIN[0], AGAIN[1]), True),
    ],
)
def test_is_heard(record: dict[str, Any], history: tuple[tuple[str, str], ...], *, heard: bool) -> None:
    assert nomination.is_heard(record, [appeal(), record], history) is heard
