"""Registers, people, then ideas: each part is read and judged against what was read before it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from sangkien.domain import idea_code, layout
from sangkien.domain.finding import Finding
from sangkien.domain.rules import ideas, nominations, privacy, references, spreading
from sangkien.domain.rules.index import Index, Row
from sangkien.workflow import parcels, reading
from sangkien.workflow.ports import Files, Kept, Workers


class Reader:
    """The registers and people of a repository, read once, and what may be said of its ideas by them.

    With `kept` parcels, what did not change since it was read is not read again. `in_short`: of people no more is
    asked for than who they are.
    """

    def __init__(self, files: Files, workers: Workers, kept: Kept | None = None, *, in_short: bool = False) -> None:
        self.files, self.workers, self._in_short = files, workers, in_short
        self.schemas = reading.load_schemas(files)
        self.ground: parcels.Ground | None = None
        if kept:
            self.registers = parcels.read_registers(files, self.schemas, *kept)
        else:
            self.registers = reading.read_registers(files, self.schemas)
        self.index = Index(books=self.registers.books, broken=self.registers.broken)
        self.findings = list(self.registers.findings)
        if kept:
            self.ground = parcels.Ground(
                files=files,
                schemas=self.schemas,
                index=self.index,
                names=lambda: self.names,
                parcels=kept[0],
                identify=kept[1],
                context=parcels.Ground.context_of(kept[1]),
            )
        people = list(self._people())
        self.checked = self.registers.checked + len(people)
        self.people_records = {person.key: person.record for person in people if person.record}
        for person in people:
            self.findings += person.findings
        by_key = {person.key: bool(person.record and person.record.get("sample")) for person in people if person.key}
        self.index = replace(self.index, people=by_key)
        if self.ground:
            self.ground = replace(self.ground, index=self.index)

    @cached_property
    def names(self) -> privacy.Names:
        """The names of people, which may stand in no text."""
        return privacy.Names(r["name"] for r in self.people_records.values() if r["kind"] == "ca-nhan")

    def _people(self) -> Iterable[reading.Person]:
        if self.ground:
            return parcels.read_people(self.ground, self.workers, in_short=self._in_short)
        allowed = reading.allowed_in(self.index.books)
        return self.workers.map(
            lambda path: reading.read_person(self.files, self.schemas, self.index, allowed, path),
            list(self.files.files(layout.PEOPLE)),
        )

    def stray(self) -> list[Finding]:
        """Find files that lie above the ideas' folders."""
        return [reading.misplaced(path) for path in self.files.stray_files() if layout.is_record_area(path)]

    def folders(self, folders: list[str]) -> Iterable[reading.Folder]:
        """Read the folders of ideas."""
        allowed = reading.allowed_in(self.index.books)
        return self.workers.map(
            lambda folder: reading.read_folder(self.files, self.schemas, self.index, allowed, self.names, folder),
            folders,
        )

    def others_of(self, rows: list[Row], is_asked: Callable[[str], bool]) -> list[Row]:
        """Read the ideas that others, or the registers asked for, name, and what those ideas name in turn."""
        known = {row.file.rpartition("/")[0] for row in rows}
        codes = [*self._codes_in(is_asked)]
        found: list[Row] = []
        while rows or codes:
            codes += [code for row in rows for code in (*row.same_as, *row.builds_on)]
            named = sorted({*map(idea_code.folder, codes)} - known)
            there = [folder for folder in named if next(self.files.files(folder), None)]
            rows, codes = [folder.row for folder in self.folders(there)], []
            known.update(named)
            found += rows
        return found

    def _codes_in(self, is_asked: Callable[[str], bool]) -> Iterable[str]:
        """List the ideas that registers name."""
        for place, document in self.registers.documents.items():
            ways = references.ways(self.schemas, place.kind) if is_asked(document.file) else ()
            for way in (way for way, target in ways if target == "idea"):
                yield from (code for _, code in references.follow(document.record, way))

    def pages(self) -> dict[str, str]:
        """Read the written pages."""
        return {
            path: self.files.text(path)
            for path in self.files.files("content", but=layout.REGISTER)
            if path.endswith(".md")
        }

    def finish(self, rows: list[Row], is_asked: Callable[[str], bool] = bool) -> list[Finding]:
        """Judge what needs all ideas: codes given twice, registers that name ideas, written pages.

        Of registers and pages only those files are judged that are asked for.
        """
        self.index = replace(self.index, ideas={row.code: row for row in rows})
        return [
            *ideas.repeated_codes(rows),
            *nominations.of_ideas(rows, self.index),
            *spreading.of_ideas(rows, self.index),
            *reading.judge_registers(self.registers, self.schemas, self.index, self.names, is_asked),
            *reading.read_pages(self.files, self.index, self.names, is_asked),
        ]
