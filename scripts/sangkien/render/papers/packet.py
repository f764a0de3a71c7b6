"""All papers of a session, or of a decision, in one packet: which there are, and the sheet that lies on top of them."""

import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain import session_account
from sangkien.domain.errors import OutsideError, SangKienError, UsageError
from sangkien.domain.finding import Finding, best_first
from sangkien.domain.paper_source import Source
from sangkien.render import vietnamese as vi
from sangkien.render.messages import message, say
from sangkien.render.papers.catalogue import KINDS
from sangkien.render.papers.kinds import Kind

NAMES = ("phien", "session")
TOP = "doc-truoc.txt"
_LINE = 100  # letters


@cache
def words() -> Mapping[str, Any]:
    """Read the packet's words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("packet_vi.toml").read_text(encoding="utf-8"))


@dataclass(slots=True, kw_only=True)
class Item:
    """One kind of paper of a packet: of what, into which folder, and what came of it."""

    kind: Kind
    key: str
    folder: str
    about: str
    names: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    trouble: SangKienError | None = None


def items(source: Source, key: str) -> Iterator[Item]:
    """List what a session's packet holds, or a decision's; raises UsageError for a key that is neither.

    The decisions on a session's ideas are found; without any there is a draft alone.
    """
    session = source.books.sessions.get(key)
    signed = session_account.decisions(session, source.find, source.rulings) if session else [source.decision(key)]
    for part in words()["parts"]:
        for paper in part["papers"]:
            kind = KINDS.get(paper["kind"])
            if kind is None:
                continue
            if paper["of"] == "session":
                keys = [key] if session else []
            else:
                keys = [decision["id"] for decision in signed if decision["kind"] in paper["rulings"]]
            for one in keys:
                yield Item(kind=kind, key=one, folder=part["folder"], about=paper["about"])


def top(source: Source, key: str, made: Sequence[Item]) -> str:
    """Write what to read first: what each file is for, what to look at before signing, what was not made and why."""
    said = words()
    blocks = ["\n".join(_head(source, key))]
    blocks.append(f"{said['how'].strip()}\n{said['names_shown' if source.with_names else 'names_hidden']}")
    for part in said["parts"]:
        lines = [
            line
            for item in made
            if item.folder == part["folder"] and item.names
            for line in (
                *item.names,
                *_wrapped(item.about, "    "),
            )
        ]
        if lines:
            blocks.append("\n".join([f"{part['folder']}: {part['title'].upper()}", "", *lines]))
    missing = [said["not_made_line"].format(about=item.about, why=why(item)) for item in made if not item.names]
    for title, lines in ((said["look"], warnings(made)), (said["not_made"], missing)):
        if lines:
            blocks.append("\n".join([title, "", *map(_listed, lines)]))
    return "\n\n".join(blocks) + "\n"


def _head(source: Source, key: str) -> Iterator[str]:
    said, session = words(), source.books.sessions.get(key)
    if session:
        council = source.books.councils[session["council"]]["name"]
        yield said["title_session"].format(id=key)
        yield ""
        yield said["about_session"].format(council=council, day=vi.day(session["date"]))
    else:
        decision = source.decision(key)
        yield said["title_decision"].format(number=decision["number"])
        yield ""
        yield said["about_decision"].format(body=decision["body"], day=vi.day(decision["date"]))
    yield said["made"].format(on=vi.day(source.on))
    if (session or source.decision(key)).get("sample"):
        yield said["samples"]


def warnings(made: Sequence[Item]) -> list[str]:
    """Tell what is to be looked at again, each thing once for all papers."""
    findings = best_first([finding for item in made for finding in item.findings])
    said = ((finding.code.value, message(finding)) for finding in findings)
    return list(dict.fromkeys(f"{code}: {one.sentence} {one.cure}" for code, one in said))


def why(item: Item) -> str:
    """Say why a paper was not made."""
    if isinstance(item.trouble, UsageError):
        return say(item.trouble.key, **item.trouble.params)
    if isinstance(item.trouble, OutsideError):
        return str(words()["broken"]).format(text=item.trouble.text)
    return str(words()["nothing"])


def _listed(line: str) -> str:
    return "\n".join(_wrapped(line, "- "))


def _wrapped(text: str, start: str) -> list[str]:
    after = " " * len(start)
    return textwrap.wrap(text, _LINE, initial_indent=start, subsequent_indent=after, break_long_words=False)
