"""Records that stand in a row beside an idea: each gets the next number nobody else has."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from sangkien.domain import layout, notation
from sangkien.domain.desk import RECORD_BRANCH, Commit
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.idea_code import folder as folder_of
from sangkien.domain.paper import Paper
from sangkien.domain.schema import SchemaSet
from sangkien.render import desk as told
from sangkien.workflow.forge import Forge
from sangkien.workflow.ports import Files
from sangkien.workflow.tree import Tree


def next_number(standing: Iterable[str], waiting: Collection[int]) -> int:
    """Give the first number that comes after all paths that stand and is none of those that wait."""
    number = 1 + max(_numbers(standing), default=0)
    while number in waiting:
        number += 1
    return number


def numbered(forge: Forge, schemas: SchemaSet, newest: Callable[[], Commit], paper: Paper) -> Paper:
    """Give a paper's one record the next free number, also beside those that wait at the desk to be merged.

    `newest` gives the commit records are merged into, asked last, so that what is merged meanwhile is not overlooked.
    """
    ((path, text),) = paper.texts.items()
    kind = f"{folder_of(paper.code)}/{paper.kind}s"
    waiting = promised(forge, paper.kind, paper.code, paper.branch)
    standing = (f"{kind}/{entry.path}" for entry in Tree(forge, newest().tree).listed(kind))
    number = next_number(standing, waiting)
    if path == f"{kind}/{number}.yml":
        return paper
    record = {**notation.parse(text.encode()).record, "number": number}
    files = {f"{kind}/{number}.yml": notation.write(schemas.ordered(paper.kind, record))}
    return Paper(paper.kind, paper.code, paper.branch, files, number)


def path_of_place(code: str, number: int) -> str:
    """Give the path of a place where an idea was taken up."""
    return f"{folder_of(code)}/applications/{number}.yml"


def unknown_place(files: Files, record: Mapping[str, Any], key: str) -> list[Finding]:
    """Say of a place named by its number (under `key`) that the idea has none such, or that there is no such idea."""
    code, number = record.get("code"), record.get(key)
    if code is None or number is None or files.exists(path_of_place(code, number)):
        return []
    if not files.exists(layout.path_of("idea", code)):
        return [Finding(code=Code.CODE_UNKNOWN, where=Location(path=("code",)), params={"value": code})]
    return [Finding(code=Code.NO_SUCH_PLACE, where=Location(path=(key,)), params={"value": str(number)})]


def promised(forge: Forge, kind: str, code: str, branch: str) -> set[int]:
    """Give the numbers records of a kind have that wait at the desk for an idea, on other branches than one."""
    title, folder = told.title(kind, code), f"{folder_of(code)}/{kind}s/"
    found: set[int] = set()
    for pull in forge.open_pulls():
        is_such = pull.inside and pull.title == title and pull.branch.startswith(RECORD_BRANCH)
        if is_such and pull.branch != branch:
            found.update(_numbers(c.path for c in forge.changes(pull.number) if c.path.startswith(folder)))
    return found


def _numbers(paths: Iterable[str]) -> Iterator[int]:
    places = (layout.place_of(path) for path in paths)
    return (int(place.key) for place in places if place)
