"""All papers of a session, a decision or an idea in one packet: which there are, and the sheet that lies on top."""

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
    keys: tuple[str, ...]
    folder: str
    about: str
    names: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    trouble: SangKienError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose papers a packet holds: a session's, else a decision's, else those of ideas.

    `pull` is the pull request the ideas are still in, 0 where they are on record.
    """

    session: str = ""
    decision: str = ""
    ideas: tuple[str, ...] = ()
    pull: int = 0

    @property
    def key(self) -> str:
        """By what somebody asked for it."""
        return f"#{self.pull}" if self.pull else self.session or self.decision or self.ideas[0]


def subject(source: Source, key: str) -> Subject:
    """Find what a key names on record; raises UsageError where it names nothing."""
    if key in source.books.sessions:
        return Subject(session=key)
    if key in source.books.decisions:
        return Subject(decision=key)
    return Subject(ideas=(source.idea(key)["code"],))


def items(source: Source, of: Subject) -> Iterator[Item]:
    """List what a packet holds; the decisions on a session's ideas are found, without any there is a draft alone."""
    if of.session:
        found = session_account.decisions(source.session(of.session), source.find, source.rulings)
        signed = [one for one in found if one["date"] <= source.on]
    else:
        signed = [source.decision(of.decision)] if of.decision else []
    for part in words()["parts"]:
        for paper in part["papers"]:
            keys: dict[str, list[tuple[str, ...]]] = {
                "session": [(of.session,)] if of.session else [],
                "decision": [(one["id"],) for one in signed if one["kind"] in paper.get("rulings", ())],
                "idea": [of.ideas] if of.ideas else [],
            }
            if kind := KINDS.get(paper["kind"]):
                for one in keys[paper["of"]]:
                    yield Item(kind=kind, keys=one, folder=part["folder"], about=paper["about"])


def top(source: Source, of: Subject, made: Sequence[Item]) -> str:
    """Write what to read first: what each file is for, what to look at before signing, what was not made and why."""
    said = words()
    blocks = ["\n".join(_head(source, of))]
    how = said["how"].strip() if of.ideas else f"{said['how'].strip()}\n{said['then'].strip()}"
    blocks.append(f"{how}\n{said['names_shown' if source.with_names else 'names_hidden']}")
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


def _head(source: Source, of: Subject) -> Iterator[str]:
    said = words()
    if of.session:
        session = source.session(of.session)
        title, is_sample = said["title_session"].format(id=of.session), session.get("sample")
        council = source.books.councils[session["council"]]["name"]
        about = [said["about_session"].format(council=council, day=vi.day(session["date"]))]
    elif of.decision:
        decision = source.decision(of.decision)
        title, is_sample = said["title_decision"].format(number=decision["number"]), decision.get("sample")
        about = [said["about_decision"].format(body=decision["body"], day=vi.day(decision["date"]))]
    else:
        first = source.find(of.ideas[0])  # one in a pull request may not have its shape yet
        codes, is_sample = ", ".join(of.ideas), first.idea.get("sample") if first and first.idea else None
        title = said["title_pull" if of.pull else "title_idea"].format(pull=of.pull, codes=codes)
        about = [said["about_pull"].format(codes=codes)] if of.pull else []
    yield from [title, "", *about, str(said["made"]).format(on=vi.day(source.on))]
    if is_sample:
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
        return say("outside-failed", system=item.trouble.system, text=item.trouble.text)
    return str(words()["nothing"])


def _listed(line: str) -> str:
    return "\n".join(_wrapped(line, "- "))


def _wrapped(text: str, start: str) -> list[str]:
    after = " " * len(start)
    return textwrap.wrap(text, _LINE, initial_indent=start, subsequent_indent=after, break_long_words=False)
