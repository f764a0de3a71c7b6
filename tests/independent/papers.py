"""What papers must say, read from the records anew: plain YAML in, no line of the program used.

Everything is a string, as it is written.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

Record = dict[str, Any]
KINDS = {"sang-kien": "Sáng kiến", "y-tuong-moi": "Ý tưởng mới", "cach-lam-moi": "Cách làm mới"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One idea as a list tells it; `names` of hidden authors are None."""

    code: str
    title: str
    unit: str
    kind: str
    rating: str
    names: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One idea as a session's papers count it; means with two decimals and a comma."""

    code: str
    title: str
    valid: int
    agree: int
    abstained: int
    recused: int
    means: tuple[str, ...]
    total: str
    outcome: str


class Ledger:
    """A repository's records."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ideas: dict[str, Record] = {}
        self.folders: dict[str, Path] = {}
        for path in sorted(root.glob("ideas/*/*/*/idea.yml")):
            idea = _load(path)
            self.ideas[idea["code"]], self.folders[idea["code"]] = idea, path.parent
        self.people = {p.stem: _load(p) for p in root.glob("content/register/people/*/*.yml")}
        self.lists = _load(root / "content/register/lists.yml")

    def shelf(self, name: str) -> dict[str, Record]:
        return {path.stem: _load(path) for path in sorted(self.root.glob(f"content/register/{name}/*.yml"))}

    def name(self, key: str) -> str | None:
        """Give the name somebody lets be shown: whole, as initials, or none."""
        person = self.people[key]
        scopes = {s for c in person.get("consents") or [] if "withdrawn_on" not in c for s in c["scope"]}
        guardian = person.get("guardian")
        if "erased_on" in person or person["display"] == "hidden":
            return None
        if person.get("minor") == "true" and (guardian is None or "withdrawn_on" in guardian):
            return None
        if person["kind"] == "tap-the" and not person.get("consents"):
            scopes = {"full"}
        if person["display"] == "full" and "full" in scopes:
            return str(person["name"])
        if scopes & {"full", "initials"}:
            return _initials(person["name"])
        return None

    def secret_names(self) -> set[str]:
        """Give the whole names that no paper may hold."""
        told = {self.name(key) for key in self.people}
        return {p["name"] for p in self.people.values() if p.get("name")} - {name for name in told if name}

    def unit(self, key: str) -> str:
        """Call a unit as every list must at least: a place with its level, which tells it from its namesakes."""
        record = _load(self.root / f"content/register/units/{key}.yml")
        level = next(level for level in self.lists["levels"] if level["id"] == record["level"])
        return f"{level['name']} {record['name']}" if level["group"] == "dia-ban" else str(record["name"])

    def conclusions(self, code: str) -> list[Record]:
        return [_load(path) for path in sorted(self.folders[code].glob("conclusions/*.yml"))]

    def newest(self, code: str, council: str) -> Record:
        own = [c for c in self.conclusions(code) if c["council"] == council]
        return max(own, key=lambda c: int(c["number"]))

    def decided(self, decision: Record) -> list[Row]:
        """Give the ideas of a decision in its annex's order."""
        return [self.row(code, self.newest(code, decision["council"])) for code in decision["codes"]]

    def row(self, code: str, conclusion: Record) -> Row:
        idea = self.ideas[code]
        rubric = _load(self.root / f"content/register/rubrics/{conclusion['rubric']}.yml")
        labels = {r["id"]: r["label"] for r in rubric.get("ratings", [])}
        return Row(
            code=code,
            title=idea["title"],
            unit=self.unit(idea["unit"]),
            kind=KINDS[idea["kind"]],
            rating=labels.get(conclusion.get("rating"), ""),
            names=tuple(self.name(author["person"]) for author in idea["authors"]),
        )

    def sat(self, session: Record) -> Iterator[Counted]:
        """Count the sheets of each idea a session concluded on, in the agenda's order."""
        for code in session["agenda"]:
            found = [c for c in self.conclusions(code) if c.get("session") == session["id"]]
            if not found or "counted" not in found[-1]:
                continue
            conclusion = found[-1]
            sheets = conclusion["counted"]
            criteria = [c["id"] for c in conclusion.get("criteria", [])]
            yield Counted(
                code=code,
                title=self.ideas[code]["title"],
                valid=len(sheets),
                agree=sum(sheet["verdict"] == "cong-nhan" for sheet in sheets),
                abstained=len(conclusion.get("abstained", [])),
                recused=len(conclusion.get("recused", [])),
                means=tuple(_mean([sheet["marks"][key] for sheet in sheets]) for key in criteria),
                total=_mean([str(sum(map(Decimal, sheet["marks"].values()))) for sheet in sheets]),
                outcome=conclusion["outcome"],
            )

    def digest(self, code: str, decision: Record) -> str:
        """Compute the digest a certificate bears, from its definition."""
        idea, conclusion = self.ideas[code], self.newest(code, decision["council"])
        told = {key: idea[key] for key in ("code", "title", "kind")} | {"conclusion": conclusion["digest"]}
        told |= {"decision": {key: decision[key] for key in ("id", "number", "date", "issuer", "body")}}
        told |= {"rating": conclusion["rating"]} if conclusion.get("rating") else {}
        written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


def _load(path: Path) -> Record:
    record: Record = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # strings alone
    return record


def _initials(name: str) -> str:
    return "".join(f"{word[0]}." for word in name.split())


def _mean(values: list[str]) -> str:
    exact = sum(map(Fraction, values), Fraction()) / len(values)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return f"{rounded}".replace(".", ",")
