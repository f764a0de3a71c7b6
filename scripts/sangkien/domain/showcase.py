"""The repository that shows the site and holds nothing else: what may be put there, and what it may replace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sangkien.domain.errors import UsageError

BRANCH = "gh-pages"
MARKER = ".sangkien-site"  # tells what was put there by us
DOMAIN = "CNAME"  # where GitHub Pages keep a domain of one's own
# Whoever pushes, and whenever, the commit is the same: it tells of the site alone.
AUTHOR, MOMENT = "sang-kien <trang@sang-kien.invalid>", "946684800 +0000"

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|[^/\\:]+:(?!\\)")
_USER = re.compile(r"^([a-z][a-z0-9+.-]*)://([^/@]*)@", re.IGNORECASE)
_ANY_USER = re.compile(r"://[^/@\s]+@")

Standing = Literal["empty", "ours", "others", "desk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a repository holds: its branches and tags, and of our branch the commit and the names at its top.

    `known` tells that one of its commits is a commit of the desk too.
    """

    refs: Mapping[str, str]
    tip: str = ""
    names: frozenset[str] = frozenset()
    known: bool = False

    @property
    def standing(self) -> Standing:
        """Tell whose it is; the desk itself is never written over, whatever else it bears."""
        if self.known:
            return "desk"
        if self.tip:
            return "ours" if MARKER in self.names else "others"
        return "others" if self.refs else "empty"


def is_address(target: str) -> bool:
    """Tell an address that git reaches from a path on this computer; raises UsageError for one that holds a secret."""
    if user := _USER.match(target):
        over_ssh = user[1].lower() in ("ssh", "git+ssh")
        if ":" in user[2] or not over_ssh:
            raise UsageError("secret-in-address")
    return _ADDRESS.match(target) is not None


def without_users(text: str) -> str:
    """Take out what stands before the host in the addresses of a text: it may be a secret of git's configuration."""
    return _ANY_USER.sub("://", text)


# What stands beside the site: the marker, and what GitHub Pages ask for.
BESIDE: Mapping[str, bytes] = {MARKER: b"1\n", ".nojekyll": b""}
