"""Registers that many sites published, read as one: who honoured what, and what in them cannot be used.

They come from elsewhere, so nothing in them is taken on trust. What a register says of itself decides nothing of
another, and the order in which registers are named decides nothing at all.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from sangkien.domain.finding import Code, Finding, Location, best_first
from sangkien.domain.text import slug, sort_key


class Honour(NamedTuple):
    """What lists and the search tell of an idea; the page about it stands at its own site.

    Contents, fields, units and ratings are told by name: an id means nothing beyond its register.
    """

    code: str
    title: str
    kind: str
    content: str
    field: str
    unit: str
    rating: str
    applied: bool
    sample: bool
    on: str
    site: str

    @property
    def year(self) -> str:
        return self.on[:4]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A register as one file tells it: of which site, which honours, and what is wrong with it.

    One that has findings is not listed.
    """

    file: str
    name: str = ""
    url: str = ""
    honours: tuple[Honour, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A site with its honours, the newest first; `label` tells it from all others."""

    key: str
    name: str
    label: str
    url: str
    honours: tuple[Honour, ...]

    @property
    def host(self) -> str:
        return _host(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """All that is listed: places by name, honours the newest first; and what was left out, with the reasons."""

    places: tuple[Place, ...]
    honours: tuple[Honour, ...]
    findings: tuple[Finding, ...]

    @property
    def years(self) -> dict[str, tuple[Honour, ...]]:
        """Sort the honours by year, the newest first."""
        found: dict[str, list[Honour]] = {}
        for honour in self.honours:
            found.setdefault(honour.year, []).append(honour)
        return {year: tuple(honours) for year, honours in found.items()}


def gather(registers: Iterable[Told], *, without_samples: bool) -> Hub:
    """Make one of many, whatever their order."""
    told = sorted(registers, key=attrgetter("file"))
    findings = [finding for register in told for finding in register.findings]
    single, twice = _each_site_once([register for register in told if not register.findings])
    kept, repeated = _each_code_once(single)
    names = Counter(register.name for register in single)
    keys = Counter(_key(register.url) for register in single)
    places = []
    for register in single:
        shown = [honour for honour in kept[register.url] if not (without_samples and honour.sample)]
        key, host = _key(register.url), _host(register.url)
        places.append(
            Place(
                key=key if keys[key] == 1 else f"{key}-{hashlib.sha256(register.url.encode()).hexdigest()[:6]}",
                name=register.name,
                label=register.name if names[register.name] == 1 else f"{register.name} ({host})",
                url=register.url,
                honours=tuple(newest_first(shown)),
            )
        )
    places.sort(key=lambda place: (sort_key(place.label), place.url))
    return Hub(
        places=tuple(places),
        honours=tuple(newest_first(honour for place in places for honour in place.honours)),
        findings=tuple(best_first([*findings, *twice, *repeated])),
    )


def newest_first(honours: Iterable[Honour]) -> list[Honour]:
    """Put honours in the order they are numbered in."""
    return sorted(sorted(honours, key=attrgetter("code")), key=attrgetter("on"), reverse=True)


def _each_site_once(registers: Sequence[Told]) -> tuple[list[Told], list[Finding]]:
    """Keep of a site's registers the one that tells the newest honour, then the one that tells most."""
    kept: dict[str, Told] = {}
    findings = []
    for register in registers:
        other = kept.get(register.url)
        if other is None:
            kept[register.url] = register
            continue
        newer, older = (register, other) if _weight(register) > _weight(other) else (other, register)
        kept[register.url] = newer
        findings.append(_finding(Code.SITE_TWICE, older.file, url=older.url, other=newer.file))
    return list(kept.values()), findings


def _weight(register: Told) -> tuple[str, int, tuple[Honour, ...]]:
    return max((honour.on for honour in register.honours), default=""), len(register.honours), register.honours


def _each_code_once(registers: Sequence[Told]) -> tuple[dict[str, list[Honour]], list[Finding]]:
    """Leave each idea to the site that honoured it first; the others' are left out, with one finding for each pair."""
    first: dict[str, Honour] = {}
    left: dict[tuple[str, str], list[str]] = {}
    for honour in sorted((h for register in registers for h in register.honours), key=attrgetter("code", "on", "site")):
        keeper = first.setdefault(honour.code, honour)
        if keeper is not honour:
            left.setdefault((honour.site, keeper.site), []).append(honour.code)
    kept: dict[str, list[Honour]] = {register.url: [] for register in registers}
    for honour in first.values():
        kept[honour.site].append(honour)
    files = {register.url: register.file for register in registers}
    findings = [
        _finding(Code.CODE_OF_ANOTHER, files[site], count=str(len(codes)), idea=codes[0], other=files[keeper])
        for (site, keeper), codes in left.items()
    ]
    return kept, findings


def _finding(code: Code, file: str, /, **params: str) -> Finding:
    return Finding(code=code, where=Location(file=file), params=params)


def _host(url: str) -> str:
    """Give an address as people say it: without its scheme and its last slash."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def _key(url: str) -> str:
    """Name the folder of a site's list; it stays the same as long as the site's address does."""
    return slug(_host(url))
