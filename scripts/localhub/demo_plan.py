"""What the demonstration plays with: a round, its council and its criteria from the repository's own registers."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

Record = dict[str, Any]

REGISTER = "content/register"
_CHAIR, _SECRETARY = "chu-tich", "thu-ky"
_PROPOSER, _PROPOSER_ID, _FIRST_ID = "ba-con", 5001, 1001
_ENOUGH = 5  # sheets in hand before anybody may step back or stay away


class _Plain(yaml.SafeLoader):
    """Reads days as the text they are."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:timestamp"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Record:
    """Read a record."""
    record: Record = yaml.load(text, _Plain)  # noqa: S506  # a safe loader, less one kind of value
    return record


def words() -> dict[str, Any]:
    """Read the sentences of the demonstration."""
    return tomllib.loads(resources.files("localhub").joinpath("demo.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Voter:
    """A member who scores: the account, and how good the marks are, as parts of the whole."""

    login: str
    part: Decimal
    remark: str


class Plan:
    """The people, records and answers of one run on one day; every account in it is invented."""

    def __init__(self, root: Path, today: date) -> None:
        self.root, self.today, self.words = root, today.isoformat(), words()
        self.movement = self._one("movement.yml")
        self.round, self.council = self._round()
        self.rubric = self._one(f"rubrics/{self.round['rubric']}.yml")

    @cached_property
    def people(self) -> dict[str, int]:
        """Name an account for every seat, and one who sends an idea."""
        return {self._login(seat): number for number, seat in enumerate(self._seats, _FIRST_ID)} | {
            _PROPOSER: _PROPOSER_ID
        }

    @property
    def proposer(self) -> str:
        return _PROPOSER

    @property
    def recused(self) -> str | None:
        """Who steps back, where enough are left."""
        return self._others[0] if len(self._voting) >= _ENOUGH else None

    @property
    def away(self) -> str | None:
        """Who stays away, where enough are left."""
        return self._others[1] if len(self._voting) >= _ENOUGH else None

    @property
    def voters(self) -> list[Voter]:
        """List who scores; the last one slips first."""
        here = [login for login in self._voting if login not in (self.recused, self.away)]
        said = self.words["council"]["remarks"]
        parts = [Decimal(part) for part in self.words["council"]["parts"]]
        return [Voter(login, parts[i % len(parts)], said[i % len(said)]) for i, login in enumerate(here)]

    def marks(self, voter: Voter, *, slip: bool = False) -> dict[str, str]:
        """Write a member's marks, never below what passes; a slip is a mark above the highest."""
        marks: dict[str, str] = {}
        for criterion in self.rubric["criteria"]:
            highest, least = Decimal(str(criterion["max_score"])), Decimal(str(criterion["pass_score"]))
            mark = max(least, (highest * voter.part * 2).to_integral_value(ROUND_FLOOR) / 2)
            marks[criterion["id"]] = f"{highest + 5 if slip and not marks else mark:f}".replace(".", ",")
        return marks

    def overlay(self, recipients: list[str], relay: str) -> Iterator[tuple[str, Record]]:
        """Give the records as the desk has them: invented accounts in the seats, a sealed round, a page to send to."""
        yield f"{REGISTER}/movement.yml", self.movement | {"relay": relay, "contact_keys": recipients[:1]}
        seats = [
            seat | {"terms": [{"from": min(self.today, seat["terms"][0]["from"]), "github_id": number}]}
            for number, seat in enumerate(self._seats, _FIRST_ID)
        ]
        yield f"{REGISTER}/councils/{self.council['id']}.yml", self.council | {"seats": seats}
        yield (
            f"{REGISTER}/rounds/{self.round['id']}.yml",
            self.round
            | {
                "opens_on": min(self.today, self.round["opens_on"]),
                "closes_on": max(self.today, self.round["closes_on"]),
                "ballots": "sealed",
                "seal": {"recipients": recipients},
            },
        )

    def answers(self) -> dict[str, list[str]]:
        """Fill in the form about the round's own unit, in the first content and field that may be sent."""
        held_back = self.movement.get("clearance_contents", [])
        contents = [c for c in self._in_order("contents") if c["id"] not in held_back]
        named = {"content": contents[0]["name"], "field": self._in_order("fields")[0]["name"], "unit": self._unit()}
        written: dict[str, list[str]] = self.words["form"]["answers"]
        return written | {key: [text] for key, text in named.items()}

    def decision(self, code: str) -> Record:
        """Write the decision on the idea."""
        bases = sorted(path.stem for path in (self.root / REGISTER / "legal_bases").glob("*.yml"))
        return {
            **self.words["decision"],
            "id": f"qd-mau-{self.today}",
            "kind": "cong-nhan",
            "date": self.today,
            "issuer": self.round["unit"],
            "body": self.movement["organiser"],
            "legal_bases": bases[:1],
            "council": self.council["id"],
            "codes": [code],
        }

    @property
    def _seats(self) -> list[Record]:
        seats: list[Record] = self.council["seats"]
        return seats

    @property
    def _voting(self) -> list[str]:
        return [self._login(seat) for seat in self._seats if seat["voting"]]

    @property
    def _others(self) -> list[str]:
        return [login for login in self._voting if login not in (_CHAIR, _SECRETARY)]

    def _login(self, seat: Record) -> str:
        """Name the chair's and the secretary's accounts by their office, any other by its seat."""
        first = next(s for s in self._seats if s["role"] == seat["role"])
        return str(seat["role"] if seat["role"] in (_CHAIR, _SECRETARY) and seat is first else seat["seat"])

    def _round(self) -> tuple[Record, Record]:
        """Choose the round that is open today, or else the newest, among those whose council can conclude."""
        found = []
        for round_ in self._all("rounds"):
            council = self._one(f"councils/{round_['council']}.yml")
            if {_CHAIR, _SECRETARY} <= {seat["role"] for seat in council["seats"]}:
                is_open = round_["opens_on"] <= self.today <= round_["closes_on"]
                found.append(((is_open, round_["opens_on"]), round_, council))
        _, chosen, council = max(found, key=lambda row: row[0])
        return chosen, council

    def _unit(self) -> str:
        unit = self._one(f"units/{self.round['unit']}.yml")
        levels = {level["id"]: level["name"] for level in self._one("lists.yml")["levels"]}
        return f"{levels[unit['level']]} {unit['name']}"

    def _in_order(self, folder: str) -> list[Record]:
        return sorted(self._all(folder), key=lambda record: record["order"])

    def _all(self, folder: str) -> list[Record]:
        return [
            read(path.read_text(encoding="utf-8")) for path in sorted((self.root / REGISTER / folder).glob("*.yml"))
        ]

    def _one(self, name: str) -> Record:
        return read((self.root / REGISTER / name).read_text(encoding="utf-8"))


def write(record: Mapping[str, Any]) -> str:
    """Write a record."""
    return yaml.safe_dump(dict(record), allow_unicode=True, sort_keys=False)
