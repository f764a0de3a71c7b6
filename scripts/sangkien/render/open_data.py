"""The public register as data: what readers recount from, and what `sangkien verify --against` later compares with.

A register of many ideas is told in parts, a packed file for each year; the file itself then says where they are. Every
file can be made by itself, whichever process makes it.
"""

import gzip
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from sangkien.domain import authenticity, idea_code
from sangkien.domain.disclosure import depth, disclosed, is_open
from sangkien.domain.parts import Part
from sangkien.domain.publicness import Recognition
from sangkien.domain.records import IdeaRecord
from sangkien.domain.register import Register
from sangkien.domain.views import Idea, Whole
from sangkien.render import data_beside
from sangkien.render import vietnamese as vi
from sangkien.render.compact_json import compact
from sangkien.render.wording import Wording

FOLDER = "du-lieu/"
ADDRESS = f"{FOLDER}register.json"
SCHEMA = "register.schema.json"  # stands beside it, written by hand
SHARDS = f"{FOLDER}kiem-dem/"
WHOLE = 5_000  # ideas; a register of more is told in parts

_IN_A_SHARD = 128  # ideas, some 65 KB packed: what a phone fetches to recount one of them
_LEVEL = 4  # of packing: beyond it a tenth less room costs half as much time again


def is_whole(register: Register) -> bool:
    """Tell whether the register is small enough to be told in one file."""
    return _count(register) <= WHOLE


def symbols(register: Register) -> int:
    """Tell by how many first symbols of a code the shards are named: two, and more where they would grow too large."""
    number = 2
    while _count(register) > _IN_A_SHARD * len(idea_code.ALPHABET) ** number:
        number += 1
    return number


def year_address(year: str, *, whole: bool) -> str:
    """Give the address of a year's part."""
    return f"{FOLDER}{year}.json" if whole else f"{FOLDER}{year}.json.gz"


def _count(register: Register) -> int:
    return len(register.ideas) + len(register.notices)


class OpenData:
    """The files of one register; `years` and `shards` name the parts that may be asked for, each by itself."""

    def __init__(self, wording: Wording, site_name: str, site_url: str) -> None:
        self._wording, self._register = wording, wording.register
        register = self._register
        self._site = {"name": site_name} | ({"url": site_url} if site_url else {})
        self._whole = is_whole(register)
        self._ideas = sorted((*register.ideas, *register.notices), key=lambda idea: idea.code)
        width = symbols(register)
        self.years = _shelved(self._ideas, lambda idea: idea.year)
        self.shards = _shelved(self._ideas, lambda idea: idea_code.compact(idea.code)[:width])

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Write them all, one at a time."""
        parts = []
        for year in self.years:
            path, data = self.year(year)
            yield path, data
            parts.append(self.part(year, data))
        yield ADDRESS, self.register(parts)
        yield from map(self.shard, self.shards)

    def register(self, parts: Sequence[Part]) -> bytes:
        """Write every public idea with its recognitions and their counts, by code, one idea a line.

        Of a large register only what stands around them, with the parts that hold the ideas.
        """
        beside = data_beside.beside(self._register)
        if self._whole:
            return b"".join(self._lines(self._ideas, self._names(self._ideas, beside) | beside))
        told = [{"address": part.address, "ideas": part.ideas, "sha256": part.sha256} for part in parts]
        rounds = self._register.rounds
        keys = sorted({key for idea in self._ideas for key in idea.brief.rounds} & set(rounds))
        judges = self._judges((rounds[key].record["council"], rounds[key].record["rubric"]) for key in keys)
        names = self._names(self._ideas, beside)
        return compact(self._head() | judges | names | beside | {"parts": told, "ideas": []}) + b"\n"

    def year(self, year: str) -> tuple[str, bytes]:
        """Write the same for one year of recognition."""
        lines = self._lines(self.years[year], self._names(self.years[year]))
        return year_address(year, whole=self._whole), b"".join(lines) if self._whole else _packed(lines)

    def part(self, year: str, data: bytes) -> Part:
        """Tell of a year's file what the register says of it."""
        address = year_address(year, whole=self._whole).removeprefix(FOLDER)
        return Part(address=address, ideas=len(self.years[year]), sha256=hashlib.sha256(data).hexdigest())

    def shard(self, beginning: str) -> tuple[str, bytes]:
        """Write the ideas whose codes begin so, after the year: a reader recounts one idea from one small file.

        Where everything is public anyway, whole conclusions stand in it, so that their digests can be computed.
        """
        lines = self._lines(self.shards[beginning], {}, whole=is_open(self._register.movement), up="../")
        return f"{SHARDS}{beginning}.json.gz", _packed(lines)

    def _lines(
        self, ideas: Iterable[Idea], names: dict[str, Any], *, whole: bool = False, up: str = ""
    ) -> Iterator[bytes]:
        """Write ideas as they come; by whom and by what they were judged is known, and told, after the last."""
        judged: set[tuple[str, str]] = set()
        yield compact(self._head(up))[:-1] + b',"ideas":['
        between = b"\n"
        for idea in ideas:
            found = idea.whole
            judged.update((r.conclusion["council"], r.conclusion.get("rubric", "")) for r in found.recognitions)
            sources = [source.code for source in self._wording.lineage.sources(idea)]
            told = _idea(idea, found, self._register, whole=whole) | data_beside.spread(found, sources)
            yield between + compact(told)
            between = b",\n"
        yield b"\n]," + compact(self._judges(judged) | names)[1:] + b"\n"

    def _head(self, up: str = "") -> dict[str, Any]:
        topology = "open" if is_open(self._register.movement) else "closed"
        return {"$schema": up + SCHEMA, "version": 1, "site": self._site, "topology": topology}

    def _names(self, ideas: Iterable[Idea], beside: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
        """Name the contents, fields and units that ideas refer to, as far as they are known."""
        register, briefs = self._register, [idea.brief for idea in ideas]
        contents = sorted({brief.content for brief in briefs} & set(register.contents))
        fields = sorted({brief.field for brief in briefs} & set(register.fields))
        named = {brief.unit for brief in briefs} | {unit for brief in briefs for unit, _ in brief.adoptions}
        named |= {one[key] for kind in beside.values() for one in kind for key in ("unit", "issuer") if key in one}
        units = sorted(named & set(register.units))
        return {
            "contents": {key: register.contents[key].record["name"] for key in contents},
            "fields": {key: register.fields[key].record["name"] for key in fields},
            "units": {key: vi.capital(self._wording.unit(key)) for key in units},
        }

    def _judges(self, judged: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """Tell of councils and rubrics, as far as they are known."""
        register, pairs = self._register, list(judged)
        councils = sorted({council for council, _ in pairs} & set(register.councils))
        rubrics = sorted({rubric for _, rubric in pairs} & set(register.rubrics))
        return {
            "councils": {key: register.councils[key]["name"] for key in councils},
            "rubrics": {key: register.rubrics[key] for key in rubrics},
        }


def _shelved(ideas: Iterable[Idea], name: Callable[[Idea], str]) -> dict[str, list[Idea]]:
    shelves: dict[str, list[Idea]] = {}
    for idea in ideas:
        shelves.setdefault(name(idea), []).append(idea)
    return dict(sorted(shelves.items()))


def _packed(lines: Iterable[bytes]) -> bytes:
    """Pack lines by gzip as they come, without the day and place that would make every build differ."""
    made = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=made, mtime=0) as file:
        file.writelines(lines)
    return made.getvalue()


def _idea(idea: Idea, found: Whole, register: Register, *, whole: bool) -> dict[str, Any]:
    record = found.record
    told: dict[str, Any] = {key: record[key] for key in _TOLD}
    if "sample" in record:
        told["sample"] = True
    standing = [_conclusion(record, one) | _counts(one, register, whole=whole) for one in found.recognitions]
    return (
        told
        | {
            "applied": idea.applied,
            "places": len(found.applications),
            "address": idea.address,
            "revoked": not idea.stands,
            "conclusions": [*standing, *(_conclusion(record, one) for one in found.revoked)],
        }
        | ({"corrected_by": [notice["id"] for notice in idea.notices]} if idea.notices else {})
    )


_TOLD: tuple[Literal["code", "kind", "title", "content", "field", "unit", "submitted_on"], ...] = (
    "code", "kind", "title", "content", "field", "unit", "submitted_on",
)  # fmt: skip


def _conclusion(record: IdeaRecord, recognition: Recognition) -> dict[str, Any]:
    conclusion = recognition.conclusion
    told: dict[str, Any] = {"council": conclusion["council"], "number": conclusion["number"]}
    if recognition.decision:
        told["decision"] = recognition.decision["id"]
    if "rating" in conclusion:
        told["rating"] = conclusion["rating"]
    if recognition.revoked_by:
        told["revoked_by"] = recognition.revoked_by["id"]
    proof = authenticity.of_recognition(record, recognition)
    return told | {"recognised_on": recognition.on, "digest": conclusion["digest"], "proof": proof}


def _counts(recognition: Recognition, register: Register, *, whole: bool) -> dict[str, Any]:
    conclusion = recognition.conclusion
    if whole:
        return {"record": conclusion}
    round_ = register.rounds.get(conclusion["round"])
    return disclosed(conclusion, depth(register.movement, round_.record if round_ else None))
