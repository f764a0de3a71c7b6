"""Files of the site that were made before, taken again where they still fit."""

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from sangkien.domain.parcel import Bound
from sangkien.render.outputs import Keepable
from sangkien.render.page import Page
from sangkien.render.pages import Bundle, Sheaf
from sangkien.workflow.ports import Bundles

_INDEX = "index.html"


class Made(NamedTuple):
    """A file of the site, and what is to be told of it elsewhere.

    That is the address of a page and the day it changed, or what a year's file is to the register.
    """

    path: str
    data: bytes
    note: Any = None


class Keeper:
    """Keeps what is made of one state of the records.

    Where nothing at all changed since a bundle was made or looked through, it is taken as it is; where something did,
    each piece is taken whose own key is still the same. The `context` names what nothing can be kept across.
    """

    def __init__(self, bundles: Bundles, context: str, state: str, taken: Collection[str]) -> None:
        """Begin with the addresses where written pages stand: no page is made for them."""
        self._bundles, self._context, self._state, self._taken = bundles, context, state, taken

    def leaves(self, bundle: Bundle, stamp: Callable[[Page], bytes]) -> Iterator[Made]:
        """Give pages, each of which may be kept by itself."""
        before = self._bundles.open(bundle.name, self._context)
        if self._holds(before):
            yield from _pages_of(before)
            return
        after: list[tuple[str, str, Any, bytes]] = []
        fresh = 0
        for to, key, write in bundle.leaves():
            if to in self._taken:
                continue
            path = to + _INDEX
            known, changed, start, length = before.pieces.get(path) or _NOTHING
            if key and known == key:
                data = before.read(start, length)
            else:
                page = write()
                changed, data = None if page.noindex else page.changed, stamp(page)
                fresh += 1
            after.append((path, key, changed, data))
            yield Made(path, data, _noted(path, changed))
        if fresh or len(after) != len(before.pieces):
            self._bundles.write(bundle.name, self._context, after, self._state)
        else:
            self._bundles.confirm(bundle.name, self._state)

    def sheaf(self, sheaf: Sheaf, stamp: Callable[[Page], bytes]) -> Iterator[Made]:
        """Give pages that are kept together."""
        before = self._bundles.open(sheaf.name, self._context)
        if self._holds(before):
            yield from _pages_of(before)
            return
        after: list[tuple[str, str, Any, bytes]] = []
        for page in sheaf.pages():
            if page.address not in self._taken:
                path, changed, data = page.address + _INDEX, None if page.noindex else page.changed, stamp(page)
                after.append((path, "", changed, data))
                yield Made(path, data, _noted(path, changed))
        self._bundles.write(sheaf.name, self._context, after, self._state)

    def files(self, files: Keepable) -> Iterator[Made]:
        """Give files that are no pages and are kept together."""
        name = f"tep-{files.name}"
        before = self._bundles.open(name, self._context)
        if not self._holds(before):
            told = files.key()
            if not (told and before.pieces and all(piece[0] == told for piece in before.pieces.values())):
                after = list(files.make())
                pieces = [(path, told, None, data) for path, data in after]
                self._bundles.write(name, self._context, pieces, self._state)
                yield from (Made(path, data) for path, data in after)
                return
            self._bundles.confirm(name, self._state)
        yield from (Made(path, before.read(start, length)) for path, (_, _, start, length) in before.pieces.items())

    def _holds(self, before: Bound) -> bool:
        return self._state != "" and before.state == self._state


_NOTHING = ("", None, 0, 0)


def _pages_of(before: Bound) -> Iterator[Made]:
    for path, (_, changed, start, length) in before.pieces.items():
        yield Made(path, before.read(start, length), _noted(path, changed))


def _noted(path: str, changed: str | None) -> tuple[str, str] | None:
    return None if changed is None else (path[: -len(_INDEX)], changed)
