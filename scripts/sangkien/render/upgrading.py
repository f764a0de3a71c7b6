"""What an upgrade says: in the terminal, in the commit, in the pull request."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.kit import Change


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("upgrading_vi.toml").read_text(encoding="utf-8"))


def say(key: str, **params: object) -> str:
    """Give one of the sentences."""
    return str(words()[key]).format_map(params).strip("\n")


def title(version: str) -> str:
    """Name the pull request, and the commit."""
    return say("title", version=version)


def body(version: str, change: Change) -> str:
    """Tell in the pull request what changes and what does not."""
    written = len(change.write) + len(change.edited)
    told = [say("body", version=version, written=written, removed=len(change.remove))]
    told += [
        say(key, files=_listed(paths)) for key, paths in (("edited", change.edited), ("kept", change.kept)) if paths
    ]
    return "\n".join(told)


def stop(change: Change) -> str:
    """Tell why nothing was changed yet."""
    return say("stop", count=len(change.edited), files=_listed(change.edited))


def _listed(paths: Iterable[str]) -> str:
    return "\n".join(f"  - `{path}`" for path in paths)
