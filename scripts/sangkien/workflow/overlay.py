"""The repository with some files changed on top, nothing written anywhere."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sangkien.domain import layout, notation
from sangkien.domain.finding import Finding
from sangkien.domain.notation import Document
from sangkien.workflow.ports import Files, Identify


class Overlay:
    """Files as they would be: `changed` maps a path to its bytes, None where it is gone.

    `spoilt` names files that could not be fetched, with what is to be said of them.
    """

    def __init__(
        self,
        base: Files,
        changed: Mapping[str, bytes | None],
        spoilt: Mapping[str, Finding] | None = None,
    ) -> None:
        self._base, self._changed, self._spoilt = base, dict(changed), dict(spoilt or {})
        self._in_order: list[str] | None = None

    def _present(self) -> list[str]:
        if self._in_order is None:  # thousands may lie on top, and every folder asks for its own
            self._in_order = sorted(
                {path for path, data in self._changed.items() if data is not None} | set(self._spoilt)
            )
        return self._in_order

    def _under(self, prefix: str) -> list[str]:
        present = self._present()
        return present[bisect_left(present, prefix) : bisect_left(present, f"{prefix}\U0010ffff")]

    def files(self, area: str, but: str = "") -> Iterator[str]:
        """List every file under a folder, its own before those of its folders; those under `but` are left out."""
        prefix = f"{area.rstrip('/')}/"
        on_top = [p for p in self._under(prefix) if not (but and p.startswith(f"{but}/"))]
        own = [path for path in on_top if "/" not in path.removeprefix(prefix)]
        yield from own
        seen = set(own)
        for path in self._base.files(area, but):
            if path not in seen and (path not in self._changed or self._changed[path] is not None):
                yield path
            seen.add(path)
        yield from (path for path in on_top if path not in seen)

    def folders(self, area: str) -> list[str]:
        """List the names of the folders in a folder."""
        inner = (path.removeprefix(f"{area}/") for path in self._under(f"{area}/"))
        return sorted({*self._base.folders(area), *(rest.split("/")[0] for rest in inner if "/" in rest)})

    def tree_id(self, area: str) -> str:
        """Give the id of a folder; a folder with anything on top has none."""
        on_top = (*self._changed, *self._spoilt)
        return "" if any(path.startswith(f"{area}/") for path in on_top) else self._base.tree_id(area)

    def idea_folders(self) -> Iterator[str]:
        """List every idea's folder, new ones last."""
        seen = set()
        for folder in self._base.idea_folders():
            seen.add(folder)
            yield folder
        for path in self._present():
            place = layout.place_of(path)
            if place and place.folder and place.folder not in seen:
                seen.add(place.folder)
                yield place.folder

    def stray_files(self) -> Iterator[str]:
        """List files that lie above the idea folders, and those on top that lie where no record may stand."""
        yield from self._base.stray_files()
        area = f"{layout.IDEAS}/"
        yield from (path for path in self._present() if path.startswith(area) and layout.place_of(path) is None)

    def read(self, path: str) -> Document:
        """Read a record's file."""
        if path in self._spoilt:
            return Document(file=path, findings=(self._spoilt[path],))
        data = self._changed.get(path)
        return notation.parse(data, path) if data is not None else self._base.read(path)

    def text(self, path: str) -> str:
        """Read a text file."""
        data = self._changed.get(path)
        return data.decode("utf-8", "replace") if data is not None else self._base.text(path)

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        return self._changed[path] is not None if path in self._changed else self._base.exists(path)

    def write(self, path: str, text: str) -> None:
        """Put a file on top."""
        self._changed[path] = text.encode("utf-8")
        self._in_order = None

    def over(self, identify: Identify) -> Identify:
        """Give the names of folders on which nothing lies."""
        return _Over(identify, [*self._changed, *self._spoilt])


class Drafts(Overlay):
    """Records on top that were written nowhere yet, so that judging thousands need not write and read them all."""

    def __init__(self, base: Files, records: Mapping[str, Any]) -> None:
        super().__init__(base, dict.fromkeys(records, b""))
        self._records = records

    def read(self, path: str) -> Document:
        """Read a record."""
        return Document(file=path, record=self._records[path]) if path in self._records else super().read(path)


class _Over:
    def __init__(self, identify: Identify, on_top: Sequence[str]) -> None:
        self.look_deeper, self._identify = identify.look_deeper, identify
        self._changed = {"/".join(p.split("/")[:length]) for p in on_top for length in range(1, p.count("/") + 1)}

    def __call__(self, folder: str) -> str:
        return "" if folder in self._changed else self._identify(folder)
