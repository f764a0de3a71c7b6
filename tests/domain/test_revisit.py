from typing import Any

import pytest

from sangkien.domain.books import Books, Dossier
from sangkien.domain.revisit import due, later, question

MONTHS = (6, 12)
CODE = "2019-MMVC-NS1B"


def application(*told: tuple[str, str], since: str = "2020-01-31", **more: Any) -> Any:
    follow_ups = [{"date": day, "still": still} for day, still in told]
    return {"number": 1, "unit": "u-2003", "since": since, **({"follow_ups": follow_ups} if told else {}), **more}


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        ("2020-01-31", 6, "2020-07-31"), ("2019-08-31", 6, "2020-02-29"), ("2020-08-31", 6, "2021-02-28"),
        ("2020-02-29", 12, "2021-02-28"), ("2020-12-01", 1, "2021-01-01"), ("2020-06-15", 120, "2030-06-15"),
        ("9999-12-01", 6, "9999-12-31"),
    ],
)  # fmt: skip
def test_months_later(day: str, months: int, there: str) -> None:
    assert later(day, months) == there


@pytest.mark.parametrize(
    ("told", "day", "asked"),
    [
        ([], "2020-07-30", None),
        ([], "2020-07-31", 6),
        ([], "2021-01-31", 12),
        ([], "2026-01-01", 12),  # once, not once for each month that passed
        ([("2020-04-29", "con-lam")], "2020-07-31", 6),  # too early to answer
        ([("2020-04-30", "con-lam")], "2020-07-31", None),
        ([("2020-09-01", "con-lam")], "2021-01-31", 12),
        ([("2020-10-31", "con-lam")], "2021-01-31", None),
        ([("2021-05-01", "lam-rong-hon"), ("2020-08-01", "con-lam")], "2026-01-01", None),
        ([("2020-08-01", "da-thoi")], "2021-01-31", None),
        ([("2020-08-01", "da-thoi"), ("2020-09-01", "con-lam")], "2021-01-31", 12),  # taken up again
    ],
)
def test_which_question_is_due(told: list[tuple[str, str]], day: str, asked: int | None) -> None:
    assert question(application(*told), MONTHS, day) == asked


def test_nothing_is_asked_where_no_month_is_named() -> None:
    assert question(application(), (), "2026-01-01") is None


def dossier(code: str, *applications: Any, **more: Any) -> Dossier:
    conclusion: Any = {"council": "hd", "number": 1, "outcome": "cong-nhan", "concluded_on": "2019-06-01", "round": "d"}
    idea: Any = {"code": code, "title": f"Ý {code}", "content": "nd2", "round": "d"}
    given: Any = {"idea": idea, "conclusions": (conclusion,), "applications": applications}
    return Dossier(folder=code, **{**given, **more})


BOOKS = Books.gather(
    [
        ("lists", "lists", {"follow_up_months": [12, 6]}),
        ("round", "d", {"id": "d", "council": "hd", "publish": "on-conclusion"}),
        ("decision", "thu-hoi", {"id": "thu-hoi", "kind": "thu-hoi", "date": "2020-01-01", "codes": ["2019-B"]}),
    ]
)


def test_the_oldest_question_comes_first_and_ideas_that_do_not_stand_are_left_out() -> None:
    late, early = application(since="2020-05-01"), application(since="2020-01-01", number=2)
    stub: Any = {"code": "2019-D"}
    found = due(
        [
            dossier("2019-A", late, early),
            dossier("2019-B", early),  # revoked
            dossier("2019-C", early, conclusions=()),
            dossier("2019-D", early, withdrawn=stub),
            dossier("2019-E", application(since="2020-03-01", place="Vườn sau", applied_by="Tổ tưới")),
        ],
        BOOKS,
        "2021-04-01",
    )

    assert [(v.code, v.number, v.months, v.due_on) for v in found] == [
        ("2019-A", 1, 6, "2020-11-01"), ("2019-A", 2, 12, "2021-01-01"), ("2019-E", 1, 12, "2021-03-01"),
    ]  # fmt: skip
    assert found[2].place == "Tổ tưới"


def test_samples_are_asked_only_where_nothing_real_was_taken_up() -> None:
    sample: Any = {"code": "2019-S", "title": "Ý mẫu", "content": "nd2", "round": "d", "sample": True}
    samples = dossier("2019-S", application(sample=True), idea=sample)

    assert [v.code for v in due([samples], BOOKS, "2026-01-01")] == ["2019-S"]
    told = application(("2021-01-01", "da-thoi"))
    assert due([samples, dossier("2019-A", told)], BOOKS, "2026-01-01") == []
