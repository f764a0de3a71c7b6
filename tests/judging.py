"""A small register to judge: two communes of one district of one province, and what was done there."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from sangkien.domain.books import Books
from sangkien.domain.evaluation import Evaluator, Sent
from sangkien.domain.nomination import Honour
from sangkien.domain.views import Brief

DAY = "2020-06-01"
LEVELS = [{"id": "tinh", "rank": 1}, {"id": "huyen", "rank": 2}, {"id": "xa", "rank": 3}]
RUBRIC = {"id": "2019-1", "ratings": [{"id": "xuat-sac", "label": "Xuất sắc"}, {"id": "tot", "label": "Tốt"}]}
MEASURES = (
    "ke-hoach", "nguoi-tham-gia", "y-da-gui", "y-duoc-ghi-nhan", "y-duoc-ap-dung", "de-tai-co-trien-vong",
    "kiem-tra-dat",
)  # fmt: skip


def unit(level: str, parent: str = "") -> Any:
    parents = [{"unit": parent, "from": "2000-01-01"}] if parent else []
    return {"name": level, "level": level, "valid_from": "2000-01-01", "parents": parents}


UNITS = {
    "tinh": unit("tinh"),
    "huyen": unit("huyen", "tinh"),
    "xa": unit("xa", "huyen"),
    "xa-ben": unit("xa", "huyen"),
}


def idea(code: str, *people: str, of: str = "xa", on: str = "2019-05-01", **told: Any) -> Any:
    """Give the brief of a recognised idea; fields that are not told are empty."""
    known: dict[str, Any] = {
        "code": code,
        "title": f"Ý {code}",
        "unit": of,
        "on": on,
        "stands": True,
        "rating": None,
        "applied": False,
        "people": tuple((person, 100) for person in people or ("p-mot",)),
    }
    return Brief(**(dict.fromkeys(Brief._fields, ()) | known | told))


def evaluation(of: str, *measures: str, **told: Any) -> Any:
    """Give an evaluation of one condition for each measure, all of which must hold."""
    conditions = [{"id": measure, "name": f"Điều kiện {measure}", "measure": measure} for measure in measures]
    known = {"id": of, "name": f"Bộ {of}", "of": of, "conditions": conditions, "rule": [list(measures)]}
    return {**known, "from": "2017-08-28", **told}


def books(*evaluations: Any, **shelves: Any) -> Books:
    """Give registers; each shelf is a mapping, or a list of records that have an id."""
    known = {
        name: {record["id"]: record for record in shelf} if isinstance(shelf, list) else shelf
        for name, shelf in shelves.items()
    }
    lists: Any = {"levels": LEVELS, "evaluations": list(evaluations)}
    return Books(**{"lists": lists, "units": UNITS, "rubrics": {"2019-1": RUBRIC}, **known})


def evaluator(registers: Books, *ideas: Any, sent: Iterable[Sent] = (), day: str = DAY) -> Evaluator:
    return Evaluator(registers, ideas, lambda: sent, day)


def honour(by: str) -> Honour:
    return Honour(unit=by, on="2019-12-01")


def set_lists(root: Path, text: str) -> None:
    """Give a repository other short lists, in place of those of the same name."""
    place = root / "content/register/lists.yml"
    known = yaml.safe_load(place.read_bytes()) | yaml.safe_load(text)
    place.write_text(yaml.safe_dump(known, allow_unicode=True, sort_keys=False), encoding="utf-8")
