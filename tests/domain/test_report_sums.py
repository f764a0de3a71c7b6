from typing import Any

import pytest

from sangkien.domain.books import Books
from sangkien.domain.notation import Document
from sangkien.domain.rules.index import Index
from sangkien.domain.rules.report_sums import check

COMMUNES = ("xa-a-2003", "xa-b-2003")


def unit(key: str, above: str = "") -> Any:
    parents = [{"unit": above, "from": "2003-01-01"}] if above else []
    return {"id": key, "level": key.partition("-")[0], "name": key, "valid_from": "2003-01-01", "parents": parents}


def report(unit_: str, value: int | None, **more: Any) -> Any:
    figures = [] if value is None else [{"figure": "nguoi-tham-gia", "value": value} | more]
    key = f"bc-{unit_}-2019-h1-1"
    return {"id": key, "unit": unit_, "period": "2019-H1", "number": 1, "status": "da-gui", "figures": figures}


def found(above: Any, *below: Any) -> list[str]:
    rule = {"kind": "sau-thang", "from_levels": ["xa"], "due": "06-15", "from": "2018-01-01"}
    lists: Any = {"levels": [], "report_calendar": [rule]}
    units = {key: unit(key, "huyen-a-2003") for key in COMMUNES} | {"huyen-a-2003": unit("huyen-a-2003")}
    reports = {r["id"]: r for r in (above, *below)}
    index = Index(books=Books(lists=lists, units=units, reports=reports))
    return [f.code.value for f in check(above, Document(file="x.yml", record=above), index)]


@pytest.mark.parametrize(
    ("said", "below", "codes"),
    [
        (report("huyen-a-2003", 30), (10, 20), []),
        (report("huyen-a-2003", 35, own=5), (10, 20), []),
        (report("huyen-a-2003", 31, own=0), (10, 20), ["E387"]),
        (report("huyen-a-2003", 31), (10, 20), ["H970"]),  # its own part may stand in records of its own
        (report("huyen-a-2003", 31, own=0, figure="luot-nguoi-nghe"), (10, 20), []),  # nobody below said it
        (report("huyen-a-2003", 31, why="Đếm cả buổi họp chung."), (10, 20), []),
        (report("huyen-a-2003", 29), (10, 20), ["E387"]),
        (report("huyen-a-2003", 10), (10, 0), []),  # nought is said
        (report("huyen-a-2003", 30, own=0), (10, None), ["H970"]),  # the other may have done the rest, but has not said
        (report("huyen-a-2003", 9), (10, None), ["E387"]),  # less than one alone is wrong whatever the other says
        (report("huyen-a-2003", 30), (None, None), []),
    ],
)
def test_a_unit_s_figure_is_that_of_those_below_and_its_own(said: Any, below: Any, codes: list[str]) -> None:
    assert found(said, *(report(key, value) for key, value in zip(COMMUNES, below, strict=True))) == codes


def test_more_than_was_said_may_stand_in_records_where_there_are_any() -> None:
    said = [report(key, 10, figure="luot-nguoi-nghe") for key in COMMUNES]

    assert found(report("huyen-a-2003", 25, own=0, figure="luot-nguoi-nghe"), *said) == ["H970"]
    assert found(report("huyen-a-2003", 15, own=0, figure="luot-nguoi-nghe"), *said) == ["E387"]


def test_a_version_that_does_not_count_need_not_add_up() -> None:
    first = report("huyen-a-2003", 99)
    second = report("huyen-a-2003", 30) | {"id": "bc-huyen-a-2003-2019-h1-2", "number": 2}

    assert found(first, second, report("xa-a-2003", 10), report("xa-b-2003", 20)) == []
