"""A repository's raw YAML, and what a recount asks of it: who belonged to whom, what stands, who is above.

Plain reading for a second opinion: nothing here comes from the program, and nothing is done for speed alone.
"""

from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Record = dict[str, Any]
FOREVER = "9999-12-31"


class Loader(yaml.CSafeLoader):
    """YAML with days left as they are written."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path) -> Record:
    record: Record = yaml.load(path.read_text(encoding="utf-8"), Loader)  # a safe loader all the same
    return record


class Recognition(NamedTuple):
    """One council's recognition of an idea; it stands unless a decision revoked it."""

    on: str
    council: str
    rating: str
    revoked_on: str = ""


class Folder(NamedTuple):
    """What stands in one idea's folder."""

    idea: Record
    conclusions: list[Record]
    applications: list[Record]


class Books:
    """All records of a repository by register (`units`, `decisions`, …) and id, and the folders of ideas."""

    def __init__(self, root: Path, *, without_samples: bool) -> None:
        register = root / "content" / "register"
        self._without_samples = without_samples
        self.movement = load(register / "movement.yml")
        self.lists = load(register / "lists.yml")
        self._shelves: dict[str, dict[str, Record]] = {}
        for path in sorted(register.glob("*/**/*.yml")):
            record = load(path)
            if self._counts(record):
                self._shelves.setdefault(path.relative_to(register).parts[0], {})[record["id"]] = record
        self.folders = [folder for path in sorted(root.glob("ideas/*/*/*")) if (folder := self._folder(path))]
        self._successors: dict[str, list[str]] = {}
        for key, unit in self.of("units").items():
            for earlier in unit.get("predecessors", ()):
                self._successors.setdefault(earlier, []).append(key)

    def of(self, shelf: str) -> dict[str, Record]:
        return self._shelves.get(shelf, {})

    def _counts(self, record: Record) -> bool:
        return not (self._without_samples and record.get("sample"))

    def _folder(self, path: Path) -> Folder | None:
        """Read a folder; a withdrawn idea, or a sample to be left out, is none."""
        if (path / "withdrawn.yml").exists() or not (path / "idea.yml").exists():
            return None
        idea = load(path / "idea.yml")
        if not self._counts(idea):
            return None
        return Folder(
            idea=idea,
            conclusions=[load(file) for file in sorted(path.glob("conclusions/*.yml"))],
            applications=[
                record
                for file in sorted(path.glob("applications/*.yml"))
                if self._counts(record := load(file)) and record["unit"] in self.of("units")
            ],
        )

    # Units.

    def last_day(self, unit: str) -> str:
        return str(self.of("units")[unit].get("valid_to", FOREVER))

    def within_life(self, unit: str, day: str) -> str:
        """Give the day of a unit's life nearest to a day."""
        return max(str(self.of("units")[unit]["valid_from"]), min(day, self.last_day(unit)))

    def heirs(self, unit: str) -> list[str]:
        return self._successors.get(unit, [])

    def sole_predecessors(self, unit: str) -> list[str]:
        """Give the units that this one replaced and nobody else did."""
        known = self.of("units")
        return [v for v in known[unit].get("predecessors", ()) if v in known and self.heirs(v) == [unit]]

    @cache  # noqa: B019  # one object lives as long as the run
    def line(self, unit: str) -> frozenset[str]:
        """Give the unit and, all the way back, those it alone carries on."""
        return frozenset({unit}.union(*(self.line(v) for v in self.sole_predecessors(unit))))

    def parents(self, unit: str, day: str) -> list[str]:
        return [
            parent["unit"]
            for parent in self.of("units")[unit].get("parents", ())
            if parent["unit"] in self.of("units") and parent["from"] <= day <= parent.get("to", FOREVER)
        ]

    def over(self, unit: str, day: str) -> list[str]:
        """Give the units right over one as counts go; a community abroad counts for its homeland."""
        homeland = self.of("units")[unit].get("homeland")
        return self.parents(unit, day) or ([homeland] if homeland in self.of("units") else [])

    def above(self, unit: str, day: str) -> set[str]:
        """Give all units over this one on a day, or on the nearest day of each one's life."""
        near = self.over(unit, self.within_life(unit, day))
        return set(near).union(*(self.above(one, day) for one in near))

    @cache  # noqa: B019  # one object lives as long as the run
    def belongs(self, unit: str, day: str, to: str) -> bool:
        """Tell whether what `unit` did on a day counts for `to`."""
        if unit not in self.of("units") or day > self.last_day(to):
            return False
        own = {unit} | self.above(unit, day)
        return not own.isdisjoint(self.line(to))

    @cache  # noqa: B019  # one object lives as long as the run
    def children(self, unit: str, day: str) -> list[str]:
        day = self.within_life(unit, day)
        return [
            child
            for child, record in sorted(self.of("units").items())
            if record["valid_from"] <= day <= self.last_day(child) and unit in self.over(child, day)
        ]

    # Recognition.

    @cached_property
    def _decisions(self) -> list[Record]:
        return sorted(self.of("decisions").values(), key=lambda decision: (decision["date"], decision["id"]))

    def _codes(self, decision: Record) -> list[str]:
        """List the ideas a decision touches: those it names, else all that the amended one named."""
        if not decision.get("codes") and not decision.get("commendations"):
            decision = self.of("decisions").get(decision.get("amends", ""), decision)
        return list(decision.get("codes", ()))

    def _about(self, kind: str, code: str) -> list[Record]:
        return [d for d in self._decisions if d["kind"] == kind and code in self._codes(d)]

    def recognitions(self, folder: Folder) -> list[Recognition]:
        """List every recognition of an idea that the public may know of, oldest first, revoked ones too."""
        idea = folder.idea
        is_uncleared = idea["content"] in self.movement.get("clearance_contents", ()) and "clearance" not in idea
        if is_uncleared:
            return []
        found: list[Recognition] = []
        for council in {conclusion["council"] for conclusion in folder.conclusions}:
            looks = [conclusion for conclusion in folder.conclusions if conclusion["council"] == council]
            newest = max(looks, key=lambda look: int(look["number"]))
            if newest["outcome"] == "cong-nhan":
                found += self._by_council(idea, council, newest)
        return sorted(found, key=lambda recognition: (recognition.on, recognition.council))

    def _by_council(self, idea: Record, council: str, conclusion: Record) -> Iterator[Recognition]:
        """Give the recognitions by each decision of a council; without one, by the conclusion if its round says so."""
        deciding: list[Record | None] = [
            d for d in self._about("cong-nhan", idea["code"]) if d.get("council") == council
        ]
        if not deciding and self.of("rounds").get(conclusion["round"], {}).get("publish") == "on-conclusion":
            deciding = [None]
        for decision in deciding:
            on = (decision or {"date": conclusion["concluded_on"]})["date"]
            revoking = [
                revocation["date"]
                for revocation in self._about("thu-hoi", idea["code"])
                if decision is None or revocation.get("amends", decision["id"]) == decision["id"]
                if revocation.get("council", council) == council and revocation["date"] >= on
            ]
            yield Recognition(on, council, conclusion.get("rating", ""), revoking[0] if revoking else "")

    # Higher levels.

    def _rank(self, unit: str) -> int | None:
        level = self.of("units").get(unit, {}).get("level")
        return next((one.get("rank") for one in self.lists["levels"] if one["id"] == level), None)

    def is_above(self, high: str, low: str) -> bool:
        """Tell whether a unit ranks over another; without ranks, whether the other was ever under it or its elder."""
        ranks = self._rank(high), self._rank(low)
        if ranks[0] is not None and ranks[1] is not None:
            return ranks[0] < ranks[1]
        found: set[str] = set()
        waiting = [low]
        while waiting:
            for parent in self.of("units").get(waiting.pop(), {}).get("parents", ()):
                reached = {parent["unit"], *self.heirs(parent["unit"])} - found - {low}
                found |= reached
                waiting += reached
        return high in found

    def higher_days(self, folder: Folder) -> list[str]:
        """List the days on which a unit above another that recognised the idea, or an answering one, did so first."""
        councils = self.of("councils")
        own = [
            (r.on, str(councils[r.council].get("unit", "")))
            for r in self.recognitions(folder)
            if not r.revoked_on and r.council in councils
        ]
        honours: list[tuple[str, str]] = [
            (on, u) for on, u in own if any(u and v and self.is_above(u, v) for _, v in own)
        ]
        honours += [
            (str(nomination.get("answered_on", nomination.get("sent_on", ""))), str(nomination["to_unit"]))
            for nomination in self.of("nominations").values()
            if nomination["status"] == "cong-nhan"
            and nomination.get("code") == folder.idea["code"]
            and "council" not in nomination
        ]
        first: dict[str, str] = {}
        for on, unit in sorted(honours):
            first.setdefault(unit, on)
        return sorted(first.values())
