"""A new text → the earlier ideas nearest to it, each with the passages that match."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sangkien.domain import idea_code, layout, notation, novelty
from sangkien.domain.novelty import FIELDS, TOKENS, Entry, Spelt
from sangkien.domain.passages import Finder, Nearest
from sangkien.domain.set_aside import SetAside
from sangkien.workflow.ports import EarlierIdeas, NoveltyIndex, NoveltyShelf, Trees, Workers

_TEXTS = ("summary", "before", "after", "how_to")
_FEW, _MANY = 20, 500  # changed folders laid over an index instead of making it anew
# A conclusion is the program's own canonical file; a glance at these lines is ten times quicker than reading it.
_LINE = re.compile(r"^(outcome|concluded_on|number): *'?([0-9a-z-]+)'?$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """What is new: an idea with its code and folder, by which it does not find itself, or any text."""

    title: str = ""
    texts: tuple[str, ...] = ()
    code: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The earlier ideas: an index, the folders that have changed since it was made, and what stands there now."""

    index: NoveltyIndex
    set_aside: SetAside
    changed: frozenset[str] = frozenset()
    fresh: tuple[Entry, ...] = ()


def set_aside_in(ideas: EarlierIdeas) -> SetAside:
    """Read from the register what is set aside: the units' names and the lists' own words."""
    lists: Any = ideas.read(layout.path_of("lists", "lists")).record
    read = (ideas.read(path).record for path in ideas.files(f"{layout.REGISTER}/{layout.FOLDERS['unit']}"))
    units: list[Any] = [unit for unit in read if unit is not None]
    try:
        return SetAside.of(lists, units)
    except (KeyError, TypeError, AttributeError):  # a register with faults is validate's business
        return SetAside()


def open_base(
    ideas: EarlierIdeas,
    trees: Trees,
    shelf: NoveltyShelf,
    workers: Workers,
    set_aside: SetAside,
    *,
    clean: bool = False,
) -> Base:
    """Open the index of the earlier ideas; few changes since it was made are laid over it, many make a new one.

    `clean`: the caller knows that nothing differs from the last commit, so nobody need look.
    """
    recipe = shelf.key(str(novelty.FOLDING_VERSION), set_aside.fingerprint())
    tree = trees.tree(layout.IDEAS)
    unsaved = () if clean else trees.changes(layout.IDEAS)
    if tree is None or unsaved is None:
        return _from_files(ideas, shelf, workers, set_aside, recipe)
    changed = {"/".join(path.split("/")[:4]) for path in unsaved if path.count("/") >= 4}
    index = shelf.open(shelf.key(recipe, tree))
    if index is None:
        folders = {
            f"{layout.IDEAS}/{name}": key
            for name, key in trees.folders(tree, deep=True).items()
            if name.count("/") == 2
        }
        index, since = _kin(shelf, recipe, folders, _bearable(len(folders)) - len(changed))
        changed |= since
        if index is None and len(changed) <= _bearable(len(folders)):
            about = {"recipe": recipe, "left_out": sorted(changed)}
            steady = {folder: key for folder, key in folders.items() if folder not in changed}
            read = _read_all(ideas, sorted(steady), set_aside, workers)
            index = shelf.build(shelf.key(recipe, tree), about, steady, read)
    if index is None or len(changed) > _bearable(index.statistics.documents):
        return _from_files(ideas, shelf, workers, set_aside, recipe)
    changed.update(index.about["left_out"])
    fresh = (entry_in(ideas, folder) for folder in sorted(changed))
    return Base(index=index, set_aside=set_aside, changed=frozenset(changed), fresh=tuple(filter(None, fresh)))


def _from_files(ideas: EarlierIdeas, shelf: NoveltyShelf, workers: Workers, set_aside: SetAside, recipe: str) -> Base:
    """Open or make an index of exactly what stands in the folders now."""
    key = shelf.key(recipe, "files", ideas.fingerprint(layout.IDEAS))
    index = shelf.open(key)
    if index is None:
        about = {"recipe": recipe, "left_out": []}
        index = shelf.build(key, about, {}, _read_all(ideas, list(ideas.idea_folders()), set_aside, workers))
    return Base(index=index, set_aside=set_aside)


def _kin(
    shelf: NoveltyShelf, recipe: str, folders: Mapping[str, str], most: int
) -> tuple[NoveltyIndex | None, set[str]]:
    """Find an index of an earlier commit from which few folders differ."""
    for index in shelf.others():
        if index.about.get("recipe") == recipe:
            since = {folder for folder, _ in index.folders.items() ^ folders.items()}
            if len(since) <= most:
                return index, since
    return None, set()


def _bearable(ideas: int) -> int:
    """Give how many changed folders among so many are laid over an index rather than making it anew."""
    return max(_FEW, min(_MANY, ideas // 20))


def _read_all(
    ideas: EarlierIdeas, folders: list[str], set_aside: SetAside, workers: Workers
) -> Iterator[tuple[Entry, Spelt]]:
    def read_one(folder: str) -> tuple[Entry, Spelt] | None:
        entry = entry_in(ideas, folder)
        return (entry, novelty.terms_of_entry(entry, set_aside).spelt()) if entry else None

    return (read for read in workers.map(read_one, folders) if read is not None)


def entry_in(ideas: EarlierIdeas, folder: str) -> Entry | None:
    """Read an idea's folder for comparison; None when nothing readable stands there."""
    code = idea_code.of_folder(folder)
    idea = ideas.read(f"{folder}/idea.yml").record
    stub = ideas.read(f"{folder}/withdrawn.yml").record
    if isinstance(idea, Mapping):
        conclusions = map(ideas.peek, ideas.files(f"{folder}/conclusions"))
        status = "rut" if isinstance(stub, Mapping) else standing(conclusions)
        title, texts = _texts(idea)
        return Entry(code=code, title=title, status=status, folder=folder, texts=texts)
    if isinstance(stub, Mapping) and isinstance(stub.get("tokens"), list):
        tokens = tuple(token for token in stub["tokens"] if isinstance(token, str))
        return Entry(code=code, status="rut", folder=folder, tokens=tokens)
    return None


def standing(conclusions: Iterable[str]) -> str:
    """Tell from the files of its conclusions where an idea stands: the newest outcome, or still under review."""
    newest = ("", 0, "dang-xet")
    for text in conclusions:
        lines = dict(_LINE.findall(text))
        if "outcome" in lines:
            newest = max(newest, (lines.get("concluded_on", ""), int(lines.get("number", 0)), lines["outcome"]))
    return newest[2]


def new_text(data: bytes, path: str = "") -> NewText:
    """Read a file as an idea, or else as plain text; `path` is relative to the repository, if it lies there."""
    place = layout.place_of(path)
    folder = place.folder if place else ""
    record = notation.parse(data).record
    if isinstance(record, Mapping) and isinstance(record.get("title"), str):
        title, texts = _texts(record)
        return NewText(title=title, texts=texts, code=str(record.get("code", "")), folder=folder)
    return NewText(texts=(data.decode("utf-8", "replace"),), folder=folder)


def _texts(idea: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    title, *texts = (idea.get(name) for name in ("title", *_TEXTS))
    return title if isinstance(title, str) else "", tuple(text for text in texts if isinstance(text, str))


def nearest(base: Base, new: NewText, top: int = 10, extra: Iterable[Entry] = (), least: float = 0) -> list[Nearest]:
    """Give the earlier ideas nearest to a new text, those that score more than `least`.

    `extra` are ideas in no folder yet, as in open pull requests.
    """
    terms = novelty.terms_of(new.title, new.texts, base.set_aside)
    every = list(dict.fromkeys((*terms.body, *terms.aside)))
    laid_over = [entry for entry in (*base.fresh, *extra) if not _is_itself(entry, new)]
    over = [(entry, novelty.terms_of_entry(entry, base.set_aside)) for entry in laid_over]
    known = {name: base.index.frequencies(name, every) for name in (*FIELDS, TOKENS)}
    asked = novelty.question(terms, novelty.laid_over(known, over), base.index.statistics)
    hidden = {entry.code for entry in laid_over}
    found = []
    for entry, own in over:
        value = novelty.score_of_tokens(asked, entry.tokens) if entry.tokens else novelty.score(asked, own)
        found.append((value, entry))
    most = top + 1 + len(base.changed) + len(hidden)
    for search in (
        base.index.search(asked.clauses, most),
        base.index.search_tokens(asked.syllables, most),
    ):
        taken = 0
        for value, entry in search:
            if entry.code in hidden or entry.folder in base.changed or _is_itself(entry, new):
                continue
            found.append((novelty.score_of_tokens(asked, entry.tokens) if entry.tokens else value, entry))
            taken += 1
            if taken == top:
                break
    found.sort(key=lambda pair: (-pair[0], pair[1].code))
    kept = [(value, entry) for value, entry in found[:top] if value > least]
    if not kept:
        return []
    finder = Finder((new.title, *new.texts), asked.rarity)
    return [
        Nearest(
            code=entry.code,
            title=entry.title,
            status=entry.status,
            score=round(value, 3),
            passages=finder.passages((entry.title, *entry.texts)),
        )
        for value, entry in kept
    ]


def near_idea(
    base: Base, idea: Mapping[str, Any], others: Iterable[Mapping[str, Any]], top: int = 10, least: float = 0
) -> list[Nearest]:
    """Give the ideas nearest to one, those of `others` too, which wait in open pull requests."""
    title, texts = _texts(idea)
    new = NewText(title=title, texts=texts, code=str(idea.get("code", "")))
    extra = []
    for other in others:
        other_title, other_texts = _texts(other)
        extra.append(Entry(code=str(other.get("code", "")), title=other_title, status="dang-mo", texts=other_texts))
    return nearest(base, new, top, extra, least)


def _is_itself(entry: Entry, new: NewText) -> bool:
    return bool(new.code and entry.code == new.code) or bool(new.folder and entry.folder == new.folder)
