"""Where a name may still stand once its record is clean: in git's memory, on the forge, in files beside the records."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sangkien.domain.desk import issue_of
from sangkien.domain.text import canonical, fold, slug

# Of git: an earlier text of the record, another file, words of a commit, who made it, a tag, a name of a file or a ref.
# Beside git: a file of the work tree. On the forge: texts, each by the number of its issue or pull request.
Kind = Literal[
    "record", "file", "message", "maker", "tag", "file-name", "ref-name", "work-tree",
    "issue", "comment", "review", "fork",
]  # fmt: skip

_SHORTEST = 6  # letters of a name that is looked for by itself; shorter ones stand in many words
_NUMBER = re.compile(r"#(\d{1,9})\b")
_PULL = re.compile(r"refs/(?:remotes/[^/]+/)?pull/(\d+)/")


class Seen(NamedTuple):
    """One place of a file in history: the commit that brought or took it, its path there, and what it was."""

    commit: str
    path: str
    blob: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One place where a name stands or stood; never the name itself.

    `key` is git's id or the forge's number, `path` a file's or a ref's; nothing reaches what is not `reachable`.
    """

    kind: Kind
    key: str
    path: str = ""
    commits: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was found for one person.

    `named` tells whether there was any name to look for, `whole` whether all of git's memory is here.
    """

    person: str
    traces: tuple[Trace, ...] = ()
    named: bool = True
    whole: bool = True
    numbers: tuple[int, ...] = ()  # issues and pull requests that git tells of
    mirrored: bool = False  # whether all refs are here to be seen, those of pull requests too

    @property
    def left(self) -> list[Trace]:
        """The traces that are known to be some; what a fork holds cannot be seen from here."""
        return [trace for trace in self.traces if trace.kind != "fork"]

    def of(self, *kinds: Kind) -> list[Trace]:
        """List the traces of some kinds."""
        return [trace for trace in self.traces if trace.kind in kinds]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """How git's memory is made clean: what stands in place of which object, by ids alone."""

    blobs: dict[str, bytes] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    messages: dict[str, bytes] = field(default_factory=dict)
    makers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.blobs or self.messages or self.makers)


def spellings(names: Iterable[str]) -> tuple[str, ...]:
    """Give the ways a name may be written in a text: as it is, decomposed, in capitals, without marks."""
    found: dict[str, None] = {}
    for name in names:
        plain = canonical(name)
        if len(plain) < _SHORTEST:
            continue
        bare = " ".join(word.capitalize() for word in fold(plain).split())
        for form in (plain, unicodedata.normalize("NFD", plain), plain.upper(), bare, bare.upper()):
            found[form] = None
    return tuple(found)


def addresses(names: Iterable[str]) -> tuple[str, ...]:
    """Give the way a name may be written in the name of a file or a branch."""
    return tuple(dict.fromkeys(slug(name) for name in names if len(slug(name)) >= _SHORTEST))


def without(data: bytes, forms: Sequence[str], word: str) -> bytes:
    """Put a neutral word wherever one of the spellings stands."""
    for form in sorted(forms, key=len, reverse=True):
        data = data.replace(form.encode(), word.encode())
    return data


def numbers(messages: Iterable[str], refs: Iterable[str]) -> tuple[int, ...]:
    """Give the issues and pull requests that commit messages and names of refs tell of."""
    found = {int(number) for message in messages for number in _NUMBER.findall(message)}
    for ref in refs:
        found |= {int(number) for number in _PULL.findall(ref)}
        branch = re.sub(r"^refs/(?:heads|remotes/[^/]+)/", "", ref)
        if (number := issue_of(branch)) is not None:
            found.add(number)
    return tuple(sorted(found))
