"""Answers of a new office → the records its repository begins with. Lists not answered are the kit's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sangkien.domain.books import Books
from sangkien.domain.council import CHAIR, SECRETARY
from sangkien.domain.finding import Code, Finding, Path
from sangkien.domain.notation import Document
from sangkien.domain.text import slug

Answers = Mapping[str, Any]
Record = dict[str, Any]

_LAND = "dia-ban"  # the group of levels that are places
_FOUND_BY = "cong-nhan"  # what the council's office must be competent for
_COMMON_AWARD = 0  # the first award is the one any office may give


def parts(line: str) -> list[str]:
    """Split one line of an answer: `a | b | c`."""
    return [part.strip() for part in line.split("|")]


def unit_id(level: str, name: str, since: str) -> str:
    """Name a unit (contract §1)."""
    return f"{level}-{slug(name)}-{since[:4]}"


def levels(answers: Answers, books: Books) -> dict[str, Record]:
    """Give every level the office may use, by id: the kit's and its own."""
    found: dict[str, Record] = {str(level["id"]): dict(level) for level in books.lists["levels"]} if books.lists else {}
    for key, name, group in (parts(line) for line in answers.get("levels", ())):
        found[key] = {"id": key, "name": name, "group": group}
    return found


def check(document: Document, answers: Answers, books: Books, names: Mapping[str, str]) -> Iterator[Finding]:
    """List what in answers that have their shape does not go together.

    `answers` are the complete ones, `names` what people call questions and roles.
    """
    known = levels(answers, books)
    named: list[tuple[Path, str]] = [(("level",), answers["level"])]
    named += [(("parents", place), parts(line)[0]) for place, line in enumerate(answers["parents"])]
    for path, level in named:
        if level not in known:
            choices = ", ".join(f"{key} ({record['name']})" for key, record in known.items())
            yield document.finding(Code.NOT_A_CHOICE, path, label=names[str(path[0])], value=level, choices=choices)
    if answers["closes_on"] < answers["opens_on"]:
        days = {"day": answers["closes_on"], "earliest": answers["opens_on"]}
        yield document.finding(Code.DATES_OUT_OF_ORDER, ("closes_on",), **days)
    if answers["opens_on"] < answers["since"]:
        days = {"day": answers["opens_on"], "earliest": answers["since"]}
        yield document.finding(Code.DATES_OUT_OF_ORDER, ("opens_on",), **days)
    for place, (name, highest, least, _) in enumerate(parts(line) for line in answers["criteria"]):
        if int(least) > int(highest):
            yield document.finding(Code.RUBRIC_SENSE, ("criteria", place), value=name)
    yield from _repeated(document, answers)
    yield from _seats_that_do(document, answers, names)


def _repeated(document: Document, answers: Answers) -> Iterator[Finding]:
    for key in ("contents", "fields", "criteria", "levels"):
        seen: set[str] = set()
        for place, line in enumerate(answers[key]):
            name = slug(parts(line)[0])
            if name in seen:
                yield document.finding(Code.REPEATED_ENTRY, (key, place), value=parts(line)[0])
            seen.add(name)


def _seats_that_do(document: Document, answers: Answers, names: Mapping[str, str]) -> Iterator[Finding]:
    """Hold the seats to what works: a chair, a secretary, nobody on two of them."""
    rows = [parts(line) for line in answers["seats"]]
    for role in (CHAIR, SECRETARY):
        if all(row[0] != role for row in rows):
            yield document.finding(Code.MISSING_FIELD, ("seats",), field=role, label=names[role])
    accounts: set[str] = set()
    for place, row in enumerate(rows):
        account = row[2] if len(row) > 2 else ""
        if account and account in accounts:
            yield document.finding(Code.SEAT_SENSE, ("seats", place), value=account)
        accounts.add(account)


@dataclass(frozen=True, slots=True)
class Founding:
    """Makes the records of one new office from its complete answers, the kit's registers and a few words."""

    answers: Answers
    kit: Books
    today: str
    words: Mapping[str, str]  # what records say that nobody was asked for

    def records(self) -> Iterator[tuple[str, str, Record]]:
        """Give every record: kind, id, record."""
        yield "movement", "movement", self.movement()
        yield "lists", "lists", self.lists()
        yield from (("unit", unit["id"], unit) for unit in self.units())
        yield from (("content", content["id"], content) for content in self.contents())
        yield from (("field", field["id"], field) for field in self.fields())
        yield from (("legal_basis", basis["id"], basis) for basis in self.legal_bases())
        own = (("rubric", self.rubric()), ("council", self.council()), ("round", self.round()))
        for kind, record in (*own, ("letterhead", self.letterhead())):
            yield kind, record["id"], record

    @property
    def unit(self) -> str:
        return unit_id(self.answers["level"], self.answers["name"], self.answers["since"])

    @property
    def is_place(self) -> bool:
        """Tell whether the office serves a place rather than an organisation."""
        return bool(levels(self.answers, self.kit)[self.answers["level"]]["group"] == _LAND)

    @property
    def keeps_contents(self) -> bool:
        return not self.answers["contents"]

    @property
    def year(self) -> str:
        return str(self.answers["opens_on"][:4])

    def movement(self) -> Record:
        said = self.answers
        kit: Mapping[str, Any] = self.kit.movement or {}
        record: Record = {
            "version": 1,
            "name": said["movement"],
            "short_name": said["short_name"],
            **{key: said[key] for key in ("site_title", "site_description", "organiser")},
            "site_url": said["address"],
            "hosting": said["hosting"],
            "unit": self.unit,
            "time_zone": said["time_zone"],
            "topology": said["topology"],
            "intake": said["intake"],
        }
        if said["topology"] == "open":
            record["repository"] = f"https://github.com/{said['repository']}"
        if said["relay"]:
            record |= {"relay": said["relay"], "contact_keys": said["contact_keys"]}
        if self.keeps_contents and "clearance_contents" in kit:
            record["clearance_contents"] = kit["clearance_contents"]
        if "small_group" in kit:
            record["small_group"] = kit["small_group"]
        return record

    def lists(self) -> Record:
        """Take the kit's lists over; the office's level may recognise ideas and give the first of the awards."""
        own, level = self.answers["level"], levels(self.answers, self.kit)
        kept: Record = {key: value for key, value in (self.kit.lists or {}).items() if key != "sample"}
        awards = [dict(award) for award in kept["awards"]]
        for award in awards[_COMMON_AWARD : _COMMON_AWARD + 1]:
            award["issuer_levels"] = _with(award["issuer_levels"], own)
        record = kept | {"levels": list(level.values()), "awards": awards, "office_contacts": []}
        if "competences" in kept:
            record["competences"] = [
                one | {"issuer_levels": _with(one["issuer_levels"], own)} if one["kind"] == _FOUND_BY else one
                for one in kept["competences"]
            ]
        for dated in ("report_calendar", "report_figures", "evaluations"):
            if dated in record:
                record[dated] = [one for one in record[dated] if one.get("to", self.today) >= self.today]
        if ahead := [*self._reports_ahead(record.pop("report_calendar", ()))]:
            record["report_calendar"] = ahead
        if not self.keeps_contents:
            for of_movement in ("titles", "evaluations"):  # of a movement this is not
                record.pop(of_movement, None)
        return record

    def _reports_ahead(self, rules: Sequence[Any]) -> Iterator[Record]:
        """Give a place its days of reports from now on: a new office is late with nothing that came before it.

        An organisation has its own ways of reporting, and says so itself.
        """
        for rule in rules if self.is_place else ():
            ahead = {"ends_in": [y for y in rule["ends_in"] if y >= int(self.today[:4])]} if "ends_in" in rule else {}
            if ahead.get("ends_in", True):
                yield rule | ahead | {"from": max(rule["from"], self.today)}

    def units(self) -> list[Record]:
        """Make the unit and those above it, each in force since the office's own day."""
        since = self.answers["since"]
        rows = [(self.answers["level"], self.answers["name"]), *(parts(line) for line in self.answers["parents"])]
        made: list[Record] = []
        above = ""
        for level, name in reversed(rows):
            unit = {"version": 1, "id": unit_id(level, name, since), "level": level, "name": name, "valid_from": since}
            made.append(unit | ({"parents": [{"unit": above, "from": since}]} if above else {}))
            above = unit["id"]
        return made

    def contents(self) -> list[Record]:
        if self.keeps_contents:
            return [_plain(record) for record in self.kit.contents.values() if "valid_to" not in record]
        named = [parts(line) for line in self.answers["contents"]]
        return [
            {
                "version": 1,
                "id": slug(name),
                "order": order,
                "name": name,
                "summary": summary,
                "valid_from": self.answers["since"],
            }
            for order, (name, summary) in enumerate(named, 1)
        ]

    def fields(self) -> list[Record]:
        if not self.answers["fields"]:
            return [_plain(record) for record in self.kit.fields.values()]
        return [
            {"version": 1, "id": slug(name), "order": order, "name": name}
            for order, name in enumerate(self.answers["fields"], 1)
        ]

    def legal_bases(self) -> list[Record]:
        """Take over what is offered and holds today; the office is yet to hold it against the originals."""
        wanted = ("moi-noi", "cung-phong-trao") if self.keeps_contents else ("moi-noi",)
        named = set(_bases_named(self.lists()))  # the lists that come along refer to them
        kept = self.answers["legal_bases"] == "keep"

        def comes(basis: Mapping[str, Any]) -> bool:
            holds = basis.get("offered") in wanted and basis.get("effective_to", self.today) >= self.today
            return basis["id"] in named or (kept and holds)

        return [_plain(basis) | {"confirmed": False} for basis in self.kit.legal_bases.values() if comes(basis)]

    def rubric(self) -> Record:
        """Make the criteria: the kit's newest, or the office's own on the same rules of counting."""
        newest = max(self.kit.rubrics.values(), key=lambda one: (one.get("valid_from", ""), one["id"]))
        record = _plain(newest) | {
            "id": f"{self.year}-1",
            "name": self.words["rubric"].format(year=self.year),
            "note": self.words["rubric_note"],
            "valid_from": min(self.answers["opens_on"], self.today),
        }
        if not self.answers["criteria"]:
            return record
        rows = [parts(line) for line in self.answers["criteria"]]
        highest, was = sum(int(row[1]) for row in rows), _highest(newest)
        ids = [slug(row[0]) for row in rows]
        return record | {
            "criteria": [
                {"id": key, "label": label, "question": question, "max_score": int(most), "pass_score": int(least)}
                for key, (label, most, least, question) in zip(ids, rows, strict=True)
            ],
            "pass_total": _scaled(newest["pass_total"], highest, was),
            "ratings": [
                {key: value for key, value in rating.items() if key != "min_scores"}
                | {"min_total": _scaled(rating["min_total"], highest, was)}
                for rating in newest.get("ratings", ())
            ],
            "tie_break": ids[:2],
        }

    def council(self) -> Record:
        seats = []
        for number, line in enumerate(self.answers["seats"], 1):
            role, label, *account = parts(line)
            held = int(account[0]) if account and account[0] else None
            term = {"from": min(self.answers["opens_on"], self.today), "to": None, "github_id": held}
            seats.append({"seat": f"ghe-{number}", "label": label, "role": role, "voting": True, "terms": [term]})
        return {
            "version": 1,
            "id": f"hd-{self.year}",
            "name": self.answers["council"],
            "unit": self.unit,
            "seats": seats,
        }

    def round(self) -> Record:
        said = self.answers
        record: Record = {
            "version": 1,
            "id": f"dot-{self.year}-1",
            "name": said["round"],
            "unit": self.unit,
            "rubric": f"{self.year}-1",
            "council": f"hd-{self.year}",
            **{key: said[key] for key in ("opens_on", "closes_on", "ballots", "publish")},
        }
        return record | ({"seal": {"recipients": said["seal"]}} if said["ballots"] == "sealed" and said["seal"] else {})

    def letterhead(self) -> Record:
        """Begin the papers' head with what is known of the office; what nobody was asked for stays to be written."""
        return {
            "version": 1,
            "id": f"dau-giay-{self.unit}",
            "unit": self.unit,
            "valid_from": self.answers["since"],
            "body": self.answers["organiser"],
            **({"place": self.answers["name"]} if self.is_place else {}),
        }


def _bases_named(value: Any) -> Iterator[str]:
    """List the legal bases that a record names anywhere."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        if key == "legal_bases":
            yield from inner
        else:
            yield from _bases_named(inner)


def _plain(record: Mapping[str, Any]) -> Record:
    return {key: value for key, value in record.items() if key != "sample"}


def _with(names: Sequence[str], own: str) -> list[str]:
    return [*names, *([] if own in names else [own])]


def _highest(rubric: Mapping[str, Any]) -> Decimal:
    return sum((Decimal(str(criterion["max_score"])) for criterion in rubric["criteria"]), Decimal(0))


def _scaled(mark: str | int, highest: int, was: Decimal) -> int:
    """Carry a mark over to another highest total, rounded down."""
    return int(Decimal(str(mark)) * highest / was)
