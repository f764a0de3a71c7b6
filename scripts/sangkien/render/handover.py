"""What stands where a site was closed: pages, a note to whoever keeps the archive, and what the command says."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from sangkien.domain.archive import Fault
from sangkien.render.written_page import written_page

READ_ME = "DOC-TOI.txt"
_TEMPLATE = ".j2"


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("handover_vi.toml").read_text(encoding="utf-8"))


def say(key: str, **params: object) -> str:
    """Give one of the sentences."""
    return str(words()[key]).format_map(params)


def faults(found: Iterable[Fault]) -> str:
    """Tell what is wrong with an archive."""
    rows = [f"  - {words()['faults'][one.kind].format(path=one.path, target=one.target)}" for one in found]
    return "\n".join([say("broken", count=len(rows)), *rows])


def pages(closing: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Write the pages that take the place of those that lead nowhere now: path under the written pages, Markdown."""
    for name in ("cham-diem", "da-dong", "gui"):
        path = f"{name}/index.md"
        yield path, _written(_folder().joinpath("pages", f"{path}{_TEMPLATE}"), closing)


def read_me(closing: Mapping[str, str], **about: str) -> str:
    """Write the note to whoever keeps the archive."""
    return _written(_folder().joinpath(f"{READ_ME}{_TEMPLATE}"), {**closing, **about})


def _written(template: Traversable, values: Mapping[str, str]) -> str:
    return written_page(template.read_text(encoding="utf-8"), values)


def _folder() -> Traversable:
    return resources.files(__package__).joinpath("handover")
