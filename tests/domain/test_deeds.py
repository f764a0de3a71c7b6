"""What counts, case by case on plain values: an idea on two levels, an honour taken back, a person who is hidden."""

from collections.abc import Iterable
from typing import Any

import pytest

from sangkien.domain.books import Books, Dossier
from sangkien.domain.deeds import Deed, gather
from sangkien.domain.judge import Judge

CODE = "2019-B8M4-R0XT"
XA, HUYEN, OTHER = "xa-a", "huyen-b", "xa-c"
AUTHOR, TEAM = "p-0a1b2c3d", "p-9fzaffmj"


def idea(**changed: Any) -> Any:
    return {
        "code": CODE, "kind": "cach-lam-moi", "title": "X", "content": "nd1", "field": "y-te", "unit": XA,
        "round": "dot-xa", "submitted_on": "2019-02-01", "summary": "Y", "applied": False,
        "authors": [{"person": AUTHOR, "share": 60}, {"person": TEAM, "share": 40}],
    } | changed  # fmt: skip


def conclusion(council: str, day: str, outcome: str = "cong-nhan", number: int = 1) -> Any:
    return {"code": CODE, "council": council, "number": number, "round": "dot-xa", "rubric": "r", "rating": "tot",
            "concluded_on": day, "outcome": outcome}  # fmt: skip


def decision(key: str, kind: str, day: str, **more: Any) -> tuple[str, str, Any]:
    return "decision", key, {"id": key, "kind": kind, "date": day, "issuer": HUYEN, **more}


def recognised(council: str, day: str) -> tuple[str, str, Any]:
    return decision(f"qd-{council}", "cong-nhan", day, council=council, codes=[CODE])


def commendation(key: str = "bd-1", **more: Any) -> tuple[str, str, Any]:
    given = {"id": key, "award": "bieu-duong", "person": AUTHOR, "date": "2019-11-01", "issuer": HUYEN}
    return "commendation", key, given | more


GROUND: list[tuple[str, str, Any]] = [
    ("lists", "lists", {"levels": [{"id": "huyen", "rank": 2}, {"id": "xa", "rank": 3}]}),
    *(("unit", key, {"id": key, "level": key.partition("-")[0], "valid_from": "2003-01-01"})
      for key in (XA, HUYEN, OTHER)),
    ("council", "hd-xa", {"id": "hd-xa", "unit": XA}),
    ("council", "hd-huyen", {"id": "hd-huyen", "unit": HUYEN}),
    ("round", "dot-xa", {"id": "dot-xa", "council": "hd-xa", "publish": "on-decision"}),
    ("person", AUTHOR, {"id": AUTHOR, "kind": "ca-nhan", "unit": OTHER, "stratum": "nong-dan"}),
    ("person", TEAM, {"id": TEAM, "kind": "tap-the", "unit": XA}),
]  # fmt: skip


def deeds(
    *records: tuple[str, str, Any], of: Iterable[Any] = (), samples: bool = True, **dossier: Any
) -> dict[str, list[Deed]]:
    dossiers = [Dossier(folder="f", idea=one, **dossier) for one in of]
    return gather(Judge(Books.gather([*GROUND, *records]), without_samples=not samples), dossiers)


def at(found: dict[str, list[Deed]], figure: str) -> list[tuple[str, str, str]]:
    return [(deed.unit, deed.day, deed.key) for deed in found.get(figure, ())]


BOTH = (conclusion("hd-xa", "2019-06-01"), conclusion("hd-huyen", "2020-02-01"))


def test_an_idea_recognised_on_two_levels_is_one_idea_and_two_recognitions() -> None:
    found = deeds(
        recognised("hd-xa", "2019-06-20"), recognised("hd-huyen", "2020-03-01"), of=[idea()], conclusions=BOTH
    )
    assert at(found, "y-duoc-ghi-nhan") == [(XA, "2019-06-20", CODE)]
    assert at(found, "luot-ghi-nhan") == [(XA, "2019-06-20", f"{CODE}/hd-xa"), (XA, "2020-03-01", f"{CODE}/hd-huyen")]
    assert at(found, "y-duoc-cap-tren-ghi-nhan") == [(XA, "2020-03-01", CODE)]
    assert at(found, "y-da-xet") == [(XA, "2019-06-01", CODE), (XA, "2020-02-01", CODE)]


def test_recognition_taken_back_on_one_level_leaves_the_other() -> None:
    revoked = decision("th", "thu-hoi", "2020-05-01", amends="qd-hd-xa", council="hd-xa", codes=[CODE])
    found = deeds(
        recognised("hd-xa", "2019-06-20"),
        recognised("hd-huyen", "2020-03-01"),
        revoked,
        of=[idea()],
        conclusions=BOTH,
    )
    assert at(found, "y-duoc-ghi-nhan") == [(XA, "2020-03-01", CODE)]
    assert at(found, "y-bi-thu-hoi") == [(XA, "2020-05-01", f"{CODE}/hd-xa")]


def test_a_correction_is_counted_and_changes_no_recognition() -> None:
    corrected = decision("dc", "dinh-chinh", "2019-07-01", amends="qd-hd-xa")
    found = deeds(recognised("hd-xa", "2019-06-20"), corrected, of=[idea()], conclusions=BOTH[:1])
    assert at(found, "dinh-chinh") == [(HUYEN, "2019-07-01", "dc")]
    assert at(found, "y-duoc-ghi-nhan") == [(XA, "2019-06-20", CODE)]


@pytest.mark.parametrize(
    "taking",
    [
        decision("th", "thu-hoi", "2020-01-05", commendations=["bd-1"]),
        decision("th", "thu-hoi", "2020-01-05", amends="kt"),
    ],
)
def test_a_commendation_taken_back_counts_no_more_but_as_taken_back(taking: tuple[str, str, Any]) -> None:
    given = decision("kt", "khen-thuong", "2019-11-01", commendations=["bd-1"])
    found = deeds(commendation(), given, taking)
    assert at(found, "bieu-duong") == at(found, "ca-nhan-duoc-bieu-duong") == []
    assert at(found, "bieu-duong-bi-thu-hoi") == [(HUYEN, "2020-01-05", "bd-1")]


def test_a_commendation_for_ideas_counts_while_one_of_them_is_public() -> None:
    public = deeds(
        commendation(codes=[CODE]), recognised("hd-xa", "2019-06-20"), of=[idea()], conclusions=BOTH[:1]
    )  # fmt: skip
    assert at(public, "bieu-duong") == [(HUYEN, "2019-11-01", "bd-1")]
    assert at(deeds(commendation(codes=[CODE]), of=[idea()]), "bieu-duong") == []


def test_people_are_counted_by_id_whatever_is_shown_of_them_and_for_their_own_unit_as_well() -> None:
    hidden = ("person", AUTHOR, {"id": AUTHOR, "kind": "ca-nhan", "unit": OTHER, "display": "hidden"})
    books = Books.gather([hidden, *GROUND, commendation(), commendation("bd-2", person=TEAM)])
    found = gather(Judge(books, without_samples=False), ())
    assert at(found, "ca-nhan-duoc-bieu-duong") == [(HUYEN, "2019-11-01", AUTHOR)]
    assert at(found, "tap-the-duoc-bieu-duong") == [(HUYEN, "2019-11-01", TEAM)]
    assert at(found, "nguoi-cua-don-vi-duoc-bieu-duong") == [(OTHER, "2019-11-01", AUTHOR), (XA, "2019-11-01", TEAM)]


def test_authors_are_counted_on_the_day_of_recognition_by_kind_and_stratum() -> None:
    found = deeds(recognised("hd-xa", "2019-06-20"), of=[idea()], conclusions=BOTH[:1])
    assert found["tac-gia-ca-nhan"] == [Deed(XA, "2019-06-20", AUTHOR, parts=("nong-dan",))]
    assert at(found, "tac-gia-tap-the") == [(XA, "2019-06-20", TEAM)]


def test_what_is_withdrawn_counts_nowhere() -> None:
    withdrawn: Any = {"code": CODE, "date": "2019-03-01"}
    found = deeds(recognised("hd-xa", "2019-06-20"), of=[idea()], conclusions=BOTH, withdrawn=withdrawn)
    assert found == {}


def test_applications_count_where_they_are_and_spread_only_elsewhere() -> None:
    looks = [{"date": "2020-01-01", "still": "con-lam"}, {"date": "2020-07-01", "still": "da-thoi"}]
    applied = (
        {"code": CODE, "number": 1, "unit": XA, "since": "2019-07-01"},
        {"code": CODE, "number": 2, "unit": OTHER, "since": "2019-08-01", "follow_ups": looks},
    )
    found = deeds(recognised("hd-xa", "2019-06-20"), of=[idea()], conclusions=BOTH[:1], applications=applied)
    assert at(found, "noi-ap-dung") == [(XA, "2019-07-01", f"{CODE}/1"), (OTHER, "2019-08-01", f"{CODE}/2")]
    assert at(found, "noi-nhan-rong") == [(OTHER, "2019-08-01", f"{CODE}/2")]
    assert at(found, "y-duoc-nhan-rong") == [(OTHER, "2019-08-01", CODE)]
    assert at(found, "y-duoc-ap-dung") == [(XA, "2019-06-20", CODE)]
    assert len(found["lan-hoi-tham"]) == 2
    assert at(found, "con-lam-sau-hoi-tham") == [(OTHER, "2020-01-01", f"{CODE}/2/1")]


def test_samples_of_every_kind_are_left_out_where_they_are_not_wanted() -> None:
    plan = ("plan", "kh", {"id": "kh", "unit": XA, "year": 2019, "sample": True})
    model = ("model", "mh", {"id": "mh", "unit": XA, "since": "2019-01-01", "sample": True})
    records = recognised("hd-xa", "2019-06-20"), plan, model
    assert {"ke-hoach", "mo-hinh-moi", "y-duoc-ghi-nhan"} <= deeds(*records, of=[idea()], conclusions=BOTH).keys()
    assert deeds(*records, of=[idea(sample=True)], conclusions=BOTH, samples=False) == {}


RECORDS: list[tuple[str, Any, str, list[tuple[str, str, str]]]] = [
    ("plan", {"unit": XA, "year": 2019}, "ke-hoach", [(XA, "2019-01-01", "k")]),
    ("plan", {"unit": XA, "year": 2019, "issued_on": "2019-02-03"}, "ke-hoach", [(XA, "2019-02-03", "k")]),
    ("plan", {"unit": XA, "year": 2019, "purpose": "kiem-tra"}, "ke-hoach", []),
    ("outreach", {"unit": XA, "date": "2019-01-02", "form": "loa", "audiences": ["nhan-dan"]}, "luot-nguoi-nghe", []),
    (
        "emulation_round",
        {"unit": XA, "opens_on": "2019-01-02", "reviews": [{"date": "2019-06-02"}]},
        "so-ket-tong-ket",
        [(XA, "2019-06-02", "k/1")],
    ),
    (
        "invitation",
        {
            "from_unit": XA,
            "sent_on": "2019-01-02",
            "to": [{"unit": OTHER, "answer": "nhan-lam", "answered_on": "2020-01-01"}, {"unit": HUYEN}],
        },
        "don-vi-nhan-lam",
        [(XA, "2020-01-01", f"k/{OTHER}")],
    ),
    (
        "nomination",
        {"from_unit": XA, "to_unit": HUYEN, "status": "dang-soan", "sent_on": "2019-01-01"},
        "de-nghi-cap-tren",
        [],
    ),
    (
        "nomination",
        {"from_unit": XA, "to_unit": XA, "purpose": "xet-lai", "status": "da-gui", "sent_on": "2019-01-01"},
        "de-nghi-cap-tren",
        [],
    ),
    (
        "nomination",
        {
            "from_unit": XA,
            "to_unit": HUYEN,
            "status": "cong-nhan",
            "sent_on": "2019-01-01",
            "answered_on": "2019-05-01",
        },
        "de-nghi-duoc-ghi-nhan",
        [(XA, "2019-05-01", "k")],
    ),
    (
        "inspection",
        {
            "by_unit": HUYEN,
            "unit": XA,
            "date": "2019-09-01",
            "findings": [{"what": "a"}, {"what": "b", "done_on": "2019-10-01"}],
        },
        "dieu-da-lam",
        [(HUYEN, "2019-09-01", "k/2")],
    ),
    (
        "problem",
        {"unit": XA, "posted_on": "2019-01-01", "status": "da-giai", "closed_on": "2020-01-01"},
        "bai-toan-da-giai",
        [(XA, "2020-01-01", "k")],
    ),
    (
        "referral",
        {"from_unit": XA, "status": "co-trien-vong", "sent_on": "2019-01-01", "answered_on": "2019-09-01"},
        "de-xuat-co-trien-vong",
        [(XA, "2019-09-01", "k")],
    ),
]


@pytest.mark.parametrize(("kind", "record", "figure", "expected"), RECORDS)
def test_each_register_is_read_as_its_figures_say(
    kind: str, record: Any, figure: str, expected: list[tuple[str, str, str]]
) -> None:
    assert at(deeds((kind, "k", {"id": "k", **record})), figure) == expected


def test_money_is_weighed_on_the_day_it_was_given_and_on_the_days_it_was_used() -> None:
    gift = {"unit": XA, "date": "2019-03-01", "donor": AUTHOR, "amount": 500, "uses": [
        {"date": "2019-04-01", "what": "a", "amount": 200}, {"date": "2020-04-01", "what": "b", "amount": 100},
    ]}  # fmt: skip
    found = deeds(("sponsorship", "k", gift))
    assert found["nguon-luc-tien"] == [Deed(XA, "2019-03-01", "k", 500)]
    assert found["nguon-luc-da-dung"] == [Deed(XA, "2019-04-01", "k/1", 200), Deed(XA, "2020-04-01", "k/2", 100)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2018-12-31", None), ("2019-01-01", 10), ("2019-06-30", 15), ("2020-12-31", None)],
)
def test_what_lasts_is_there_from_its_day_to_its_end_with_its_newest_count(day: str, expected: int | None) -> None:
    club = {"unit": XA, "founded_on": "2019-01-01", "closed_on": "2020-12-31", "members": 10, "counts": [
        {"date": "2019-06-30", "members": 15}, {"date": "2019-03-01", "members": 12},
    ]}  # fmt: skip
    (deed,) = deeds(("club", "k", club))["thanh-vien-cau-lac-bo"]
    found = deed.on(day)
    assert (found and found.weight) == expected


def test_a_club_that_never_told_its_members_has_no_figure() -> None:
    (deed,) = deeds(("club", "k", {"unit": XA, "founded_on": "2019-01-01"}))["thanh-vien-cau-lac-bo"]
    assert deed.on("2020-01-01") is None
