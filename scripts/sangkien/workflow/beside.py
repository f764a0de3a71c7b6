"""Records that stand in a row beside an idea: each gets the next number nobody else has."""

from collections.abc import Callable, Collection, Iterable, Iterator

from sangkien.domain import layout, notation
from sangkien.domain.desk import RECORD_BRANCH, Commit
from sangkien.domain.idea_code import folder as folder_of
from sangkien.domain.paper import Paper
from sangkien.domain.schema import SchemaSet
from sangkien.render import desk as told
from sangkien.workflow.forge import Forge
from sangkien.workflow.tree import Tree


def next_number(standing: Iterable[str], promised: Collection[int]) -> int:
    """Give the first number after those of the paths that stand which was promised to nobody."""
    number = 1 + max(_numbers(standing), default=0)
    while number in promised:
        number += 1
    return number


def numbered(forge: Forge, schemas: SchemaSet, newest: Callable[[], Commit], paper: Paper) -> Paper:
    """Give a paper's one record the next free number, also beside those that wait at the desk to be merged.

    `newest` gives the commit records are merged into, asked last, so that what is merged meanwhile is not overlooked.
    """
    ((path, text),) = paper.texts.items()
    kind = f"{folder_of(paper.code)}/{paper.kind}s"
    promised = set(_promised(forge, paper))
    standing = (f"{kind}/{entry.path}" for entry in Tree(forge, newest().tree).listed(kind))
    number = next_number(standing, promised)
    if path == f"{kind}/{number}.yml":
        return paper
    record = {**notation.parse(text.encode()).record, "number": number}
    files = {f"{kind}/{number}.yml": notation.write(schemas.ordered(paper.kind, record))}
    return Paper(paper.kind, paper.code, paper.branch, files, number)


def _promised(forge: Forge, paper: Paper) -> Iterator[int]:
    """Give the numbers of the records of this kind in other pull requests for the idea."""
    title, folder = told.title(paper.kind, paper.code), f"{folder_of(paper.code)}/{paper.kind}s/"
    for pull in forge.open_pulls():
        if (
            pull.inside
            and pull.title == title
            and pull.branch.startswith(RECORD_BRANCH)
            and pull.branch != paper.branch
        ):
            yield from _numbers(c.path for c in forge.changes(pull.number) if c.path.startswith(folder))


def _numbers(paths: Iterable[str]) -> Iterator[int]:
    places = (layout.place_of(path) for path in paths)
    return (int(place.key) for place in places if place)
