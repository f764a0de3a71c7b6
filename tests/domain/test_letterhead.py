"""What an office writes on its papers, and which legal bases hold, by the day of the paper."""

from typing import Any

from sangkien.domain.books import Books
from sangkien.domain.in_force import doubts
from sangkien.domain.letterhead import letterhead, recipients


def test_a_paper_bears_the_letterhead_of_its_own_day() -> None:
    old: Any = {"id": "cu", "unit": "xa", "valid_from": "2010-01-01", "valid_to": "2019-12-31"}
    new: Any = {"id": "moi", "unit": "xa", "valid_from": "2020-01-01"}
    books = Books(letterheads={"cu": old, "moi": new})

    days = ("2009-12-31", "2010-01-01", "2019-12-31", "2020-01-01")
    assert [letterhead(books, "xa", day) for day in days] == [None, old, old, new]
    assert letterhead(books, "huyen", "2020-01-01") is None


def test_a_kind_of_paper_goes_to_its_own_list_else_to_the_one_for_all_the_rest() -> None:
    record = {"recipients": [{"papers": ["quyet-dinh"], "lines": ["Ai có tên"]}, {"lines": ["Như trên"]}]}

    assert recipients(record, "quyet-dinh") == ("Ai có tên",)
    assert recipients(record, "to-trinh") == ("Như trên",)
    assert recipients(None, "to-trinh") == ()


def test_bases_that_do_not_hold_on_the_day_are_told_and_those_nobody_compared() -> None:
    def basis(**more: Any) -> Any:
        return {"number": "1", "issued_on": "2017-01-01", "confirmed": True, **more}

    books = Books(
        legal_bases={
            "holds": basis(),
            "ended": basis(effective_to="2018-12-31"),
            "ahead": basis(effective_from="2020-01-01"),
            "replaced": basis(effective_to="2018-12-31", replaced_by="holds"),
            "unread": basis(confirmed=False),
        }
    )

    found = [*doubts([*books.legal_bases, "nowhere"], books, "2019-01-01")]

    assert [(one.code.value, one.where.file.rpartition("/")[2]) for one in found] == [
        ("H974", "ended.yml"),
        ("H974", "ahead.yml"),
        ("H975", "replaced.yml"),
        ("H976", "unread.yml"),
    ]
