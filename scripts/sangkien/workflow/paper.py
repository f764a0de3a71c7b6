"""Registers and ideas → papers an office signs: values for its Word templates, sheets for the press."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sangkien.domain import address, idea_code, layout
from sangkien.domain.books import Dossier
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Finding
from sangkien.domain.paper_source import Source
from sangkien.domain.period import Period
from sangkien.domain.records import PersonRecord
from sangkien.domain.statement import Statement
from sangkien.render.papers.catalogue import kind_of
from sangkien.render.papers.frame import Paper, Wish
from sangkien.render.sheets import Sheet
from sangkien.workflow import reading
from sangkien.workflow.ports import Files, Item, Result
from sangkien.workflow.validate import validate


class _ByHand:
    """Work through a few items one after another."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        heavy: bool = False,  # noqa: ARG002  # nothing is heavy for one pair of hands
    ) -> Iterator[Result]:
        return map(function, items)


def source(
    files: Files,
    *,
    on: str,
    site_url: str,
    with_names: bool,
    statement: Callable[[str, Period], Statement] | None = None,
) -> Source:
    """Open what papers are made of; ideas and people are read as they are asked for."""
    schemas = reading.load_schemas(files)
    books = reading.read_registers(files, schemas).books
    movement: Mapping[str, Any] = books.movement or {}
    site = address.of_site(movement, site_url) or str(movement.get("site_url", ""))

    @cache
    def dossier(code: str) -> Dossier | None:
        folder = idea_code.folder(code)
        found = reading.read_dossier(files, folder, schemas) if files.exists(f"{folder}/idea.yml") else None
        # Of one still in a pull request nobody has compared yet what it calls itself.
        is_other = found and found.idea and found.idea["code"] != code
        return replace(found, idea=None) if found and is_other else found

    @cache
    def person(key: str) -> PersonRecord | None:
        return reading.read_somebody(files, schemas, layout.path_of("person", key))

    def codes() -> Iterator[str]:
        for folder in files.idea_folders():
            year, _, name = folder.removeprefix(f"{layout.IDEAS}/").split("/")
            yield f"{year}-{name[:4]}-{name[4:]}".upper()

    def faults(code: str) -> Sequence[Finding]:
        return validate(files, _ByHand(), [idea_code.folder(code)]).findings

    return Source(
        books,
        dossier,
        person,
        codes,
        statement=statement,
        faults=faults,
        on=on,
        site=site,
        with_names=with_names,
    )


def papers(source: Source, wish: Wish) -> Iterator[Paper]:
    """Make the papers that are filled into Word templates; raises UsageError for a kind that has none."""
    kind = kind_of(wish.kind)
    if kind is None or kind.makes is None:
        raise UsageError("paper-no-word", kind=wish.kind)
    yield from kind.makes(source, wish)


def sheets(source: Source, wish: Wish) -> Iterator[tuple[str, Sheet]]:
    """Make the sheets that the press prints; raises UsageError for a kind that has none."""
    kind = kind_of(wish.kind)
    if kind is None or kind.prints is None:
        raise UsageError("paper-no-print", kind=wish.kind)
    yield from kind.prints(source, wish)


def template(files: Files, paper: Paper) -> str:
    """Give the path of a paper's template: that of its layout, else the usual one. Raises UsageError without any."""
    for folder in filter(None, (paper.layout and f"{layout.TEMPLATES}/{paper.layout}", layout.TEMPLATES)):
        path = f"{folder}/{paper.kind}.docx"
        if files.exists(path):
            return path
    raise UsageError("report-template", path=f"{layout.TEMPLATES}/{paper.kind}.docx")
