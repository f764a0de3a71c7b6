"""A clerk's sheet → records ready to be filed, or everything that is to be mended in it, cell by cell."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sangkien.domain import idea_code, layout, loose_cells, lot, notation, sheet_table
from sangkien.domain.desk import IDEA_BRANCH
from sangkien.domain.finding import Code, Finding, Location, best_first
from sangkien.domain.grid import Grid
from sangkien.domain.heading import Headings, Vocabulary
from sangkien.domain.paper import Paper
from sangkien.domain.passages import Nearest, Passage, differences
from sangkien.domain.row_reader import PROSE, REQUIRED, CellWords, Entry, RowReader, Terms
from sangkien.domain.sheet_table import Row, Table
from sangkien.domain.submission import Desk
from sangkien.domain.text import fold
from sangkien.workflow.counter import Counter
from sangkien.workflow.overlay import Drafts
from sangkien.workflow.ports import Files, Workers
from sangkien.workflow.validate import validate

# Looks for earlier ideas near one, given its record.
Near = Callable[[Mapping[str, Any]], Sequence[Nearest]]

NEAR = 60  # of the novelty's score; ideas that share no more than a field stay below 40, copies score over 200
_SAME = 0.5  # of a passage's letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sheet came to: entries in their order, all findings best first, those filed already left out."""

    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    known: Mapping[str, int] = field(default_factory=dict)  # codes in the register already, with their rows
    tables: tuple[Table, ...] = ()

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words a sheet is read by."""

    vocabulary: Vocabulary
    cells: CellWords


class Importer:
    """Reads sheets against the registers; `secret` is known here alone, so that no id can be traced to a name."""

    def __init__(self, files: Files, workers: Workers, words: Words, secret: bytes, near: Near | None = None) -> None:
        self._files, self._workers, self._words = files, workers, words
        self._secret, self._near = secret, near
        self._counter = Counter(files)

    @property
    def desk(self) -> Desk:
        return self._counter.desk

    def key_of(self, heading: str) -> str:
        """Find the key a heading stands for; empty for none."""
        match = Headings(self._words.vocabulary).match(heading)
        return "" if match.drops else match.key

    def read(self, grids: Sequence[Grid], terms: Terms) -> Reading:
        """Read every table of a file; nothing is written anywhere."""
        pairs = [(grid, table) for grid in grids if (table := sheet_table.find(grid, self._words.vocabulary))]
        findings: list[Finding] = []
        entries: list[Entry] = []
        known: dict[str, int] = {}
        readers: dict[int, RowReader] = {}
        seen: dict[str, int] = {}
        if not pairs:
            findings.append(Finding(code=Code.NO_TABLE, where=Location(file=terms.file)))
        for _, table in pairs:
            told = replace(terms, month_first=_is_month_first(table))
            reader = RowReader(self.desk, self._words.cells, told, table.sheet, [*table.columns])
            findings += self._of_table(table, told)
            for entry in self._entries(reader, table, told, seen):
                if entry.idea and self._is_filed(entry.idea["code"]):
                    known[entry.idea["code"]] = entry.row.number
                    continue
                readers[id(entry)] = reader
                entries.append(entry)
        self._judge(entries, readers)
        self._alike(entries, readers)
        findings += [finding for entry in entries for finding in entry.findings]
        return Reading(
            entries=tuple(entries),
            findings=tuple(best_first(findings)),
            known=known,
            tables=tuple(table for _, table in pairs),
        )

    def papers(self, entries: Iterable[Entry]) -> Iterator[Paper]:
        """Write the records of sound entries, each for a branch of its own."""
        return self._workers.map(self._paper, [entry for entry in entries if entry.is_sound])

    def _paper(self, entry: Entry) -> Paper:
        code = entry.idea["code"]
        branch = f"{IDEA_BRANCH}{code[:4]}-{code[5:].replace('-', '').lower()}"
        return Paper("idea", code, branch, self.files_of(entry))

    def files_of(self, entry: Entry) -> dict[str, str]:
        """Write the records of one entry: path → text."""
        return {path: self.written(path, record) for path, record in entry.records()}

    def written(self, path: str, record: Mapping[str, Any]) -> str:
        """Write a record as the file at its path holds it."""
        place = layout.place_of(path)
        assert place is not None  # noqa: S101  # the layout gave the path
        return notation.write(self._counter.schemas.ordered(place.kind, record))

    @staticmethod
    def at(entry: Entry, finding: Finding) -> Finding:
        """Say a finding of the cell that holds an entry's title."""
        number, column = entry.row.spot(sheet_table.NEEDED)
        where = Location(file=entry.file, line=number + 1, column=column + 1, path=(sheet_table.NEEDED,))
        return replace(finding, where=where)

    def _entries(self, reader: RowReader, table: Table, terms: Terms, seen: dict[str, int]) -> Iterator[Entry]:
        """Read the rows of a table; of those that are called the same, each is told by its place among them."""
        rows = []
        for row in table.rows:
            identity = reader.identity(row)
            seen[identity] = seen.get(identity, 0) + 1
            rows.append((row, f"{identity}\n{seen[identity]}\n{terms.entered_by}"))
        return self._workers.map(lambda pair: self._entry(reader, *pair, terms), rows)

    def _entry(self, reader: RowReader, row: Row, identity: str, terms: Terms) -> Entry:
        entry = reader.entry(row)
        year = int(str(entry.idea.get("submitted_on", terms.today))[:4])
        code = self._code(year, identity, fold(row.cells.get(sheet_table.NEEDED, "")))
        entry.give_ids(code, hmac.new(self._secret, f"{identity}\n{code}".encode(), hashlib.sha256).hexdigest())
        return entry

    def _code(self, year: int, identity: str, title: str) -> str:
        """Draw an idea's code: of its title, unit and round alone, so that a mended sheet finds its own again."""
        deny = self._counter.books.lists["code_deny"] if self._counter.books.lists else []
        for code in lot.codes(year, hashlib.sha256(identity.encode()).hexdigest()):
            if idea_code.denied(code, deny):
                continue
            path = layout.path_of("idea", code)
            if not self._files.exists(path) or self._has_title(path, title):
                return code
        raise AssertionError  # lots are drawn without end

    def _has_title(self, path: str, title: str) -> bool:
        record = self._files.read(path).record
        return isinstance(record, dict) and fold(str(record.get("title", ""))) == title

    def _is_filed(self, code: str) -> bool:
        folder = idea_code.folder(code)
        return any(self._files.exists(f"{folder}/{name}.yml") for name in ("idea", "withdrawn"))

    def _of_table(self, table: Table, terms: Terms) -> Iterator[Finding]:
        """Say of a table what is amiss with its columns, and what was left out on purpose."""
        file = f"{terms.file}#{table.sheet}"

        def at(code: Code, column: int, line: int = table.heading, **params: str) -> Finding:
            where = Location(file=file, line=line + 1, column=column + 1)
            return Finding(code=code, where=where, params=params)

        known = {*table.columns, *terms.fill}
        for key in REQUIRED:
            is_left = terms.old and key in ("before", "after", "how_to", "cost")
            in_sections = key == "unit" and any(self._names_unit(line, terms) for line in table.sections.values())
            if key not in known and not is_left and not in_sections:
                yield at(Code.NO_COLUMN, 0, label=terms.labels.get(key, key))
        for column, key in table.twice.items():
            yield at(Code.COLUMN_TWICE, column, label=terms.labels.get(key, key))
        for column, kind in table.dropped.items():
            yield at(Code.COLUMN_DROPPED, column, what=kind)
        for column, heading in table.unknown.items():
            if heading and any(row for row in table.rows):
                yield at(Code.COLUMN_UNKNOWN, column, heading=" ".join(heading.split())[:60])
        for line, text in table.sections.items():
            if not self._names_unit(text, terms):
                yield at(Code.LINE_UNREAD, 0, line)

    def _names_unit(self, text: str, terms: Terms) -> bool:
        bare = text.rpartition(".")[2].strip(" :-")
        return any(self.desk.gazetteer.find(one[:300], terms.today).key for one in (text, bare))

    def _judge(self, entries: Sequence[Entry], readers: Mapping[int, RowReader]) -> None:
        """Let the gate judge all records at once, as they would stand in the repository."""
        owners: dict[str, Entry] = {}
        records: dict[str, Any] = {}
        for entry in entries:
            if sheet_table.NEEDED in entry.idea:
                for path, record in entry.records():
                    owners[path] = entry
                    records[path] = record
        if not records:
            return
        found: dict[int, list[Finding]] = {}
        for finding in validate(Drafts(self._files, records), self._workers, [*records]).errors:
            found.setdefault(id(owners[finding.where.file]), []).append(finding)
        for entry in entries:
            # The gate looks for personal data in records of sound shape alone.
            exposed = [] if entry.is_sound else [*self._exposed(entry, readers[id(entry)])]
            if said := found.get(id(entry)):
                entry.findings += list(readers[id(entry)].of_records(entry, said))
            entry.findings += exposed

    def _exposed(self, entry: Entry, reader: RowReader) -> Iterator[Finding]:
        for key in (sheet_table.NEEDED, "summary", *PROSE, *entry.idea.get("statements", ())):
            for finding in self._counter.personal(entry.row.cells.get(key, "")):
                yield reader.at(entry.row, key, finding)

    def _alike(self, entries: Sequence[Entry], readers: Mapping[int, RowReader]) -> None:
        """Hint at the same title twice in the sheet, and at ideas in the register that are like a new one."""
        first: dict[str, Entry] = {}
        for entry in entries:
            title = fold(entry.row.cells.get(sheet_table.NEEDED, ""))
            earlier = first.setdefault(title, entry)
            if earlier is not entry and title:
                said = Finding(code=Code.TITLE_TWICE, params={"line": str(earlier.row.number + 1)})
                entry.findings.append(readers[id(entry)].at(entry.row, sheet_table.NEEDED, said))
        sound = [entry for entry in entries if entry.is_sound]
        if near := self._near:
            unsaid = set(self._words.cells.blank.values())  # what an old list leaves out is like nothing
            told = ({key: value for key, value in e.idea.items() if str(value) not in unsaid} for e in sound)
            found = self._workers.map(lambda idea: [*_hints(idea, near(idea))], list(told))
            for entry, hints in zip(sound, found, strict=True):
                entry.findings += [readers[id(entry)].at(entry.row, sheet_table.NEEDED, hint) for hint in hints]


def _hints(idea: Mapping[str, Any], near: Sequence[Nearest]) -> Iterator[Finding]:
    for other in near[:1]:
        if fold(other.title) == fold(idea["title"]):
            yield Finding(code=Code.TITLE_KNOWN, params={"idea": other.code})
        elif passage := next((one for one in other.passages if _sameness(one) >= _SAME), None):
            params = {"idea": other.code, "new": passage.new[:160], "old": passage.old[:160]}
            yield Finding(code=Code.NEAR_IDEA, params=params)


def _sameness(passage: Passage) -> float:
    """Give the part of a new passage that the earlier one has too."""
    new, _ = differences(passage)
    return sum(len(segment.text) for segment in new if segment.same) / max(len(passage.new), 1)


def _is_month_first(table: Table) -> bool:
    return loose_cells.is_month_first(row.cells.get("submitted_on", "") for row in table.rows)
