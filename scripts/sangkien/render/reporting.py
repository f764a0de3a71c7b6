"""How the reports of units stand, and what is said beside a draft."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.books import Books
from sangkien.domain.gazetteer import Gazetteer
from sangkien.domain.period import Period
from sangkien.domain.reporting import Matrix, Reporting, Standing, as_data
from sangkien.render import vietnamese as vi


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("reporting_vi.toml").read_text(encoding="utf-8"))


def period_name(period: Period) -> str:
    """Name a period in the middle of a sentence: `sáu tháng đầu năm 2019`."""
    return str(words()["periods"][period.kind]).format(first=period.first, last=period.last)


def matrix_as_json(matrix: Matrix) -> str:
    """Write the matrix for programs."""
    return json.dumps(as_data(matrix), ensure_ascii=False, indent=1)


def matrix_as_text(matrix: Matrix, books: Books) -> str:
    """Write the matrix as Markdown: a row a unit, a column a period, and each period in one line."""
    said, places = words()["matrix"], Gazetteer(books)
    head = [said["head"].format(year=matrix.year, unit=places.title(matrix.unit), day=vi.day(matrix.on))]
    if not matrix.rows:
        return "\n\n".join([*head, said["nothing"]]) + "\n"
    titles = {key: places.title(key) for key in matrix.rows}
    table = [
        "| " + " | ".join([said["unit"], *(vi.capital(period_name(p)) for p in matrix.periods)]) + " |",
        "| --- " * (1 + len(matrix.periods)) + "|",
        *(
            "| " + " | ".join([_named(key, titles, books), *(_cell(row.get(p)) for p in matrix.periods)]) + " |"
            for key, row in matrix.rows.items()
        ),
    ]
    lines = [
        said["line"].format(period=vi.capital(period_name(p)), told=in_words(matrix.summaries[p]))
        for p in matrix.periods
        if matrix.summaries[p].expected
    ]
    return "\n\n".join([*head, "\n".join(table), *(["\n".join(lines)] if lines else [])]) + "\n"


def in_words(reporting: Reporting) -> str:
    """Tell how those below reported: `13 đơn vị phải báo cáo: 11 đúng hạn, 1 trễ, 1 chưa gửi`."""
    said = words()["summary"]
    counts = {name: getattr(reporting, name) for name in ("on_time", "late", "missing", "ahead")}
    parts = [said[name].format(count=count) for name, count in counts.items() if count]
    return str(said["head"]).format(count=reporting.expected) + (": " + ", ".join(parts) if parts else "")


def _named(key: str, titles: Mapping[str, str], books: Books) -> str:
    """Name a unit of a list; two of one name are told apart by the year they began."""
    name = vi.capital(titles[key])
    twins = [other for other, title in titles.items() if title == titles[key]]
    return (
        name
        if len(twins) == 1
        else str(words()["matrix"]["of_year"]).format(name=name, year=books.units[key]["valid_from"][:4])
    )


def _cell(standing: Standing | None) -> str:
    said = words()["states"]
    if standing is None:
        return str(said["none"])
    params = {"due": vi.day(standing.duty.due), "sent": vi.day(standing.sent_on or standing.duty.due)}
    told = str(said[standing.state]).format(days=standing.days, **params)
    again = standing.number is not None and standing.versions > 1
    return told + (said["version"].format(number=standing.number) if again else "")
