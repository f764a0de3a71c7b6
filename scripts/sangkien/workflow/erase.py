"""A person's wish to be hidden or forgotten → their record made clean, and all other places where the name stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

from sangkien.domain import erasure, layout, notation, traces
from sangkien.domain.errors import UsageError
from sangkien.domain.records import PersonRecord
from sangkien.domain.traces import Rewriting, Search, Trace
from sangkien.render import vietnamese as vi
from sangkien.workflow.held import Holder
from sangkien.workflow.ports import Files, Memory, Talk

_NAME = re.compile(rb"^name: *(.+)$", re.MULTILINE)
_VEIL = "…"
_PROGRAM = ".venv/"


class Plain(Protocol):
    """Files as they are, whatever they hold."""

    def files(self, area: str, but: str = "") -> Iterator[str]: ...
    def plain(self, path: str) -> bytes | None: ...


def change(files: Files, holder: Holder, people: Sequence[str], day: str, how: str) -> list[str]:
    """Rewrite the records of people, and nothing else; gives the files that changed.

    `how`: `erase`, `withdraw` (what is public is hidden, the record stays) or `noindex`.
    """
    changed = []
    for key in people:
        person: PersonRecord = holder.person(key)
        if how == "erase":
            after = erasure.erased(person, day, word_for(person))
        elif how == "withdraw":
            after = erasure.withdrawn(person, day)
        else:
            after = {**person, "noindex": True}
        path = layout.path_of("person", key)
        text = notation.write(holder.schemas.ordered("person", after))
        if files.text(path) != text:
            files.write(path, text)
            changed.append(path)
    return changed


def word_for(person: PersonRecord) -> str:
    """Give the word that stands in the name's place."""
    return vi.NAMELESS[person["kind"] == "tap-the", True]


class Looker:
    """Looks for what is left of one person's name; who else bears the same name is left alone.

    Raises UsageError for what is nobody's id.
    """

    def __init__(self, memory: Memory, person: str, names: Sequence[str] = ()) -> None:
        self._memory, self.person = memory, person
        self.path = layout.path_of("person", person)
        if layout.place_of(self.path) is None:  # a checklist stands in a folder of this name, which is emptied
            raise UsageError("no-person", value=person[:20])
        self._versions = {seen.blob: memory.read(seen.blob) for seen in memory.versions(self.path)}
        self._stale = {blob: text for blob, text in self._versions.items() if not _is_clean(text)}
        # A collective is often called as a unit is, whose record is no trace of it: its name is looked for if told so.
        known = () if self._is_collective() else (name for text in self._stale.values() for name in _names(text))
        told = [name.strip() for name in (*names, *known) if name.strip() not in ("", *vi.NAMELESS.values())]
        self._forms, self._slugs = traces.spellings(told), traces.addresses(told)

    def look(self, files: Plain | None, talk: Talk | None) -> Search:
        """Look through git's memory, the work tree where there is one, and the forge where it may be asked."""
        search = self._in_git()
        found = [*search.traces, *(self._in_folder(files) if files else [])]
        return replace(search, traces=(*found, *(self._on_forge(talk, search) if talk else [])))

    def _in_git(self) -> Search:
        found = [*self._records(), *self._others()]
        refs = self._memory.refs()
        found += [Trace(kind="ref-name", key=self._memory.head(r)) for r in refs if self._names(r)]
        commits = {commit for trace in found for commit in trace.commits}
        leading = {ref for trace in found for ref in trace.refs}
        return Search(
            person=self.person,
            traces=tuple(found),
            named=bool(self._forms) or self._is_collective(),
            whole=self._memory.is_whole(),
            numbers=traces.numbers(map(self._memory.message, sorted(commits)), sorted(leading)),
            mirrored=self._memory.is_mirror(),
        )

    def _in_folder(self, files: Plain) -> list[Trace]:
        return [
            Trace(kind="work-tree", key="", path=self._veiled(path))
            for path in files.files("", but=".git")
            if not path.startswith(_PROGRAM) and not self._is_another(path)
            for data in [files.plain(path) or b""]
            if self._names(path) or self._bears(data) or (path == self.path and not _is_clean(data))
        ]

    def _on_forge(self, talk: Talk, search: Search) -> list[Trace]:
        found: dict[Trace, None] = {}
        numbers = set(search.numbers)
        for kind, number, text in talk.sayings():
            if self._bears(text.encode()):
                found[Trace(kind=kind, key=str(number))] = None
                numbers.add(number)
        for number in sorted(numbers):  # to ask for the reviews of every pull request would take a call for each
            if any(self._bears(text.encode()) for text in talk.reviews(number)):
                found[Trace(kind="review", key=str(number))] = None
        found |= {Trace(kind="fork", key=fork): None for fork in talk.forks()}
        return list(found)

    def rewriting(self, search: Search, day: str) -> Rewriting:
        """Say what is to stand in place of each object that holds the name.

        Old texts of the record tell the day that its clean one tells, or `day` while there is none.
        """
        files = search.of("record", "file")
        word, day = self._word(), max((self._erased_on(blob) for blob in self._versions), default="") or day
        return Rewriting(
            blobs={t.key: self._clean(t, day, word) for t in files},
            # A path that holds the name itself stands in no command: every path is looked through then.
            paths=() if any(_VEIL in t.path for t in files) else tuple(dict.fromkeys(t.path for t in files if t.path)),
            messages={
                trace.key: traces.without(self._memory.read(trace.key).partition(b"\n\n")[2], self._forms, word)
                for trace in search.of("message")
            },
            makers=tuple(trace.key for trace in search.of("maker")),
        )

    def _records(self) -> Iterator[Trace]:
        for blob in self._stale:
            yield from self._file("record", blob)

    def _others(self) -> Iterator[Trace]:
        if not self._forms:
            return
        reached = self._memory.reached()
        for kind, key, data in self._memory.holding([form.encode() for form in (*self._forms, *self._slugs)]):
            if kind == "blob":
                if key not in self._stale and self._bears(data) and not self._is_namesake(data):
                    yield from self._file("file", key)
            elif kind == "commit":
                head, _, message = data.partition(b"\n\n")
                refs = self._refs([key]) if key in reached else ()
                about = Trace(kind="maker", key=key, commits=(key,), refs=refs, reachable=key in reached)
                yield from [about] if self._bears(head) else []
                yield from [replace(about, kind="message")] if self._bears(message) else []
            elif kind == "tree" or self._bears(data):
                known = "tag" if kind == "tag" else "file-name"
                yield Trace(kind=known, key=key, reachable=key in reached)  # type: ignore[arg-type]  # one of its words

    def _file(self, kind: Any, blob: str) -> Iterator[Trace]:
        """Tell of a file's text once for every path it had; one that has none is reached by nothing."""
        places = self._memory.places(blob)
        for path in dict.fromkeys(place.path for place in places):
            commits = tuple(dict.fromkeys(place.commit for place in places if place.path == path))
            refs = self._refs(commits)
            yield Trace(kind=kind, key=blob, path=self._veiled(path), commits=commits, refs=refs, reachable=bool(refs))
        if not places:
            yield Trace(kind=kind, key=blob, reachable=False)

    def _refs(self, commits: Sequence[str]) -> tuple[str, ...]:
        """Name the refs that lead to any of some commits."""
        found = (self._veiled(ref) for commit in commits for ref in self._memory.refs(commit))
        return tuple(dict.fromkeys(found))

    def _veiled(self, text: str) -> str:
        """Give the name of a file or ref without the person's own in it."""
        return traces.without(text.encode(), (*self._forms, *self._slugs), _VEIL).decode()

    def _clean(self, trace: Trace, day: str, word: str) -> bytes:
        if trace.kind != "record":
            return traces.without(self._memory.read(trace.key), self._forms, word)
        # A text that was no sound record is followed by the next one that was.
        texts = [self._stale[trace.key], *self._versions.values()]
        records = (record for text in texts if isinstance(record := notation.parse(text).record, dict))
        sound = next((record for record in records if {"kind", "name", "consents"} <= set(record)), None)
        return notation.write(erasure.erased(sound, day, word)).encode() if sound else b""  # type: ignore[arg-type]  # as read

    def _erased_on(self, blob: str) -> str:
        record = None if blob in self._stale else notation.parse(self._versions[blob]).record
        return str(record["erased_on"]) if isinstance(record, dict) else ""

    def _word(self) -> str:
        return vi.NAMELESS[self._is_collective(), True]

    def _is_collective(self) -> bool:
        return any(re.search(rb"^kind: tap-the", text, re.MULTILINE) for text in self._stale.values())

    def _is_another(self, path: str) -> bool:
        return path.startswith(f"{layout.PEOPLE}/") and path != self.path

    def _is_namesake(self, data: bytes) -> bool:
        """Tell whether a text is the record of somebody else, who may bear the same name."""
        record = notation.parse(data).record if b"\ndisplay: " in data else None
        return isinstance(record, dict) and record.get("id", self.person) != self.person and "consents" in record

    def _names(self, path: str) -> bool:
        """Tell whether the name of a file or ref holds the person's."""
        return self._bears(path.encode()) or any(slug in path for slug in self._slugs)

    def _bears(self, data: bytes) -> bool:
        return any(form.encode() in data for form in self._forms)


def _is_clean(text: bytes) -> bool:
    """Tell whether a text of a person's record tells of nobody."""
    record = notation.parse(text).record
    if not isinstance(record, dict) or "erased_on" not in record or not {"display", "consents"} <= set(record):
        return False
    return not erasure.left_in(record) and record.get("name") in vi.NAMELESS.values()


def _names(text: bytes) -> list[str]:
    """Read the name out of a record, sound or not."""
    record = notation.parse(text).record
    if isinstance(record, dict) and isinstance(record.get("name"), str):
        told = [record["name"]]
    else:
        told = [found.decode("utf-8", "replace").strip(" '\"\r") for found in _NAME.findall(text)]
    return told
