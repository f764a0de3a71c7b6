"""A person's ids → all the tree holds that concerns them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from sangkien.domain import layout
from sangkien.domain.errors import UsageError
from sangkien.domain.holdings import Holding, concerns, excerpt
from sangkien.domain.idea_code import folder as folder_of
from sangkien.domain.idea_code import read as code_in
from sangkien.domain.schema import SchemaSet
from sangkien.workflow import reading
from sangkien.workflow.ports import Files


class Shelves(Files, Protocol):
    """The repository's files, at which one may glance before reading them."""

    def peek(self, path: str) -> str: ...


class Holder:
    """Finds what concerns people by their ids; another id of the same person counts only when it is named."""

    def __init__(self, files: Shelves) -> None:
        self._files = files
        self.schemas: SchemaSet = reading.load_schemas(files)
        self.books = reading.read_registers(files, self.schemas).books

    def person(self, key: str) -> Any:
        """Read a person's record; raises UsageError where there is none that can be read."""
        path = layout.path_of("person", key)
        sound = layout.place_of(path) is not None and self._files.exists(path)
        record = self._files.read(path).record if sound else None
        if not isinstance(record, dict):
            raise UsageError("no-person", value=key[:20])
        return record

    def authors(self, code: str) -> list[str]:
        """Give the ids of an idea's authors; raises UsageError where there is no such idea."""
        sound = code_in(code)
        dossier = reading.read_dossier(self._files, folder_of(sound), self.schemas) if sound else None
        if dossier is None or dossier.idea is None:
            raise UsageError("no-such", value=code[:20])
        return [author["person"] for author in dossier.idea["authors"]]

    def held(self, people: Sequence[str]) -> list[Holding]:
        """List every record that concerns these people, their own first."""
        own = [Holding(kind="person", path=layout.path_of("person", key), record=self.person(key)) for key in people]
        return [*own, *self._registers(people), *self._ideas(people)]

    def pictures(self, holdings: Iterable[Holding]) -> list[str]:
        """List the pictures of the ideas among what is held: somebody may be seen in them."""
        folders = [holding.path.rpartition("/")[0] for holding in holdings if holding.kind == "idea"]
        return [path for folder in folders for path in self._files.files(f"{folder}/images")]

    def _registers(self, people: Sequence[str]) -> Iterator[Holding]:
        for kind in layout.FOLDERS:
            for key, record in sorted(self.books.of(kind).items()):
                if concerns(record, people):
                    path = layout.path_of(kind, key)
                    yield Holding(kind=kind, path=path, record=excerpt(record, people))

    def _ideas(self, people: Sequence[str]) -> Iterator[Holding]:
        for folder in self._files.idea_folders():
            for path in self._files.files(folder):
                place = layout.place_of(path)
                if not place or place.kind == "image" or not any(key in self._files.peek(path) for key in people):
                    continue
                record = self._files.read(path).record
                if isinstance(record, dict) and concerns(record, people):
                    yield Holding(kind=place.kind, path=path, record=excerpt(record, people))
