"""The words of a report: what its figures are called, and how a number, a change and its absence are told."""

import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Any

from sangkien.domain import address, idea_code, layout
from sangkien.domain.figures import HEADLINES, HONOURED, SECTIONS, Figure
from sangkien.domain.reckoning import Row
from sangkien.domain.statement import Statement
from sangkien.render import vietnamese as vi
from sangkien.render.reporting import period_name
from sangkien.render.unit_names import unit_name

_PAGES = {
    "club": address.CLUBS,
    "commendation": address.COMMENDATIONS,
    "model": address.MODELS,
    "unit": address.UNITS,
}


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("report_vi.toml").read_text(encoding="utf-8"))


def say(key: str, **values: object) -> str:
    """Give one of the short sentences of a report."""
    return str(words()["say"][key]).format(**values)


def titled(name: str, measure: str) -> str:
    """Name a figure with what it is counted in, unless its name begins with that."""
    return name if name.casefold().startswith(measure.casefold()) else f"{name} ({measure})"


def number(value: int | None) -> str:
    """Write a figure: nothing reported is no nought."""
    return say("unknown") if value is None else vi.whole(value)


def change(value: int | None) -> str:
    """Tell how far a figure went up or down."""
    if value is None:
        return say("cannot")
    if value == 0:
        return say("same")
    return say("up" if value > 0 else "down", n=vi.whole(abs(value)))


class ReportWords:
    """What the things of one report are called."""

    def __init__(self, statement: Statement) -> None:
        self.statement, self.account, self.books = statement, statement.account, statement.books
        lists = self.books.lists
        self._levels = {level["id"]: level for level in lists["levels"]} if lists else {}

    @property
    def sections(self) -> list[tuple[str, list[Row]]]:
        """The rows of each section, in the order of a report."""
        return [(key, [row for row in self.account.rows if row.figure.section == key]) for key in SECTIONS]

    @property
    def headlines(self) -> list[tuple[str, int, int]]:
        """What stands above all else: its name, its number, and that of the period before."""
        rows = {row.figure.id: row for row in self.account.rows}
        return [
            (
                str(words()["headline"]["honoured" if ids is HONOURED else "new"]),
                sum(rows[key].value or 0 for key in ids),
                sum(rows[key].before or 0 for key in ids),
            )
            for ids in HEADLINES
        ]

    def unit(self, key: str) -> str:
        """Name a unit in the middle of a sentence; one nobody knows by its id."""
        unit = self.books.units.get(key)
        return unit_name(unit, self._levels) if unit else key

    @property
    def title(self) -> str:
        movement = self.books.movement
        named = f"phong trào “{movement['short_name']}”" if movement else words()["title"]["plain"]
        return str(words()["title"]["main"]).format(movement=named, period=period_name(self.account.period))

    @property
    def span(self) -> str:
        period = self.account.period
        before = period_name(period.before)
        return str(words()["title"]["span"]).format(start=vi.day(period.start), end=vi.day(period.end), before=before)

    @staticmethod
    def label(figure: Figure) -> str:
        """Name a figure."""
        return figure.name or str(words()["figure"][figure.id]["name"])

    @staticmethod
    def measure(figure: Figure) -> str:
        """Tell in what a figure is counted."""
        return figure.measure or str(words()["figure"][figure.id]["measure"])

    @staticmethod
    def titled(figure: Figure) -> str:
        """Name a figure with what it is counted in."""
        return titled(ReportWords.label(figure), ReportWords.measure(figure))

    def parts(self, row: Row) -> list[tuple[str, str, list[tuple[str, int]]]]:
        """Name the parts of a figure: each way with its name, and its parts in their order."""
        return [
            (way, self._way(row, way), [(self._part(row.figure.id, way, key), count) for key, count in found])
            for way, counts in row.parts.items()
            if (found := self._in_order(way, counts))
        ]

    def _way(self, row: Row, way: str) -> str:
        """Name a way; where a unit declared another number than the records hold, say that the parts are theirs."""
        name = str(words()["way"][way])
        return name if row.value == row.recorded else say("in_the_records", way=name)

    def _in_order(self, way: str, counts: Mapping[str, int]) -> list[tuple[str, int]]:
        """Contents stand in their own order, each in force with its nought; all else greatest first."""
        if way != "noi-dung":
            return list(counts.items())
        period = self.account.period
        contents = sorted(self.books.contents.values(), key=lambda content: content["order"])
        shown = [
            content["id"]
            for content in contents
            if content["id"] in counts
            or (content["valid_from"] <= period.end and content.get("valid_to", "9999") >= period.start)
        ]
        return [(key, counts.get(key, 0)) for key in [*shown, *(key for key in counts if key not in shown)]]

    def _part(self, figure: str, way: str, key: str) -> str:
        return self._named[figure if (figure, way) in _OF_FIGURE else way].get(key) or key or say("none")

    @cached_property
    def _named(self) -> dict[str, dict[str, str]]:
        lists, rubrics = self.books.lists, self.books.rubrics.values()
        return {
            "noi-dung": {key: content["name"] for key, content in self.books.contents.items()},
            "linh-vuc": {key: field["name"] for key, field in self.books.fields.items()},
            "loai": vi.KINDS,
            "xep-loai": {one["id"]: one["label"] for rubric in rubrics for one in rubric.get("ratings", ())},
            "tang-lop": {one["id"]: one["name"] for one in lists["strata"]} if lists else {},
            "bieu-duong": {one["id"]: one["name"] for one in lists["awards"]} if lists else {},
            "tuyen-truyen": {one["id"]: one["name"] for one in lists.get("outreach_forms", ())} if lists else {},
            "doi-tuong": {one["id"]: one["name"] for one in lists.get("audiences", ())} if lists else {},
            "giam-sat-gop-y": dict(words()["comment_kind"]),
        }

    def place(self, figure: Figure, key: str, site_url: str) -> str:
        """Tell where a record is read: its page where the public may, else its path in the repository."""
        record, _, _ = key.partition("/")
        kind = figure.of
        if kind == "idea" and idea_code.read(record) is None:
            kind = "model"  # new ideas and new models stand in one figure
        if kind == "idea":
            page = address.idea(record) if record in self.statement.honoured else ""
        else:
            page = f"{_PAGES[kind]}{record}/" if kind in _PAGES else ""
        return f"{site_url}{page}" if page and site_url else layout.path_of(kind, record)


_OF_FIGURE = {("giam-sat-gop-y", "loai"), ("bieu-duong", "hinh-thuc"), ("tuyen-truyen", "hinh-thuc")}
