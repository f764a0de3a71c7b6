"""A built site → the repository that shows it: one commit without parents, in the place of the one before."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sangkien.domain.errors import UsageError
from sangkien.domain.showcase import DOMAIN, Held


class Showcase(Protocol):
    """A repository elsewhere, and the branch the site stands on; raises OutsideError when it cannot be reached."""

    @property
    def is_here(self) -> bool: ...
    def look(self) -> Held: ...
    def pack(self, site: Path, message: str) -> str: ...
    def push(self, commit: str, instead_of: str) -> None: ...
    def forget(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of it: nothing was sent where nothing changed, and what stood there may linger elsewhere."""

    sent: bool
    lingers: bool = False


def look(showcase: Showcase, *, adopt: bool, has_domain: bool = True) -> Held:
    """Look at what is there; raises UsageError unless it is ours or empty, or somebody says to take it over.

    A site that would lose the domain somebody gave it there is not ours alone either.
    """
    held = showcase.look()
    if held.standing == "desk":
        raise UsageError("showcase-is-desk")
    if held.standing == "others" and not adopt:
        raise UsageError("showcase-of-others")
    if DOMAIN in held.names and not (has_domain or adopt):
        raise UsageError("showcase-has-domain")
    return held


def hand_over(showcase: Showcase, held: Held, site: Path, message: str) -> Handed:
    """Put the site in the place of what was found there; the same site again sends nothing.

    What is no longer shown is cleared away where this computer can reach it.
    """
    commit = showcase.pack(site, message)
    sent = commit != held.tip
    if sent:
        showcase.push(commit, held.tip)
    if showcase.is_here:
        showcase.forget()
    return Handed(sent=sent, lingers=sent and bool(held.tip) and not showcase.is_here)
