"""Scorecards and shortlists, told to people in Markdown, to programs in JSON and to spreadsheets."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

import orjson

from sangkien.domain import layout
from sangkien.domain.evaluation import MET, UNIT, UNKNOWN, Evidence, Result, Scorecard
from sangkien.domain.shortlist import Nearly, Shortlist, Worthy
from sangkien.render import neutral
from sangkien.render import vietnamese as vi
from sangkien.render.tables import Sheet
from sangkien.render.wording import Wording

_MOST = 12  # pieces of evidence told to people in one cell; programs get them all
_BLANK = "…"

Found = Shortlist | Sequence[Scorecard]


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("evaluation_vi.toml").read_text(encoding="utf-8"))


def said(key: str, **params: object) -> str:
    """Give one of the sentences the command says."""
    return str(words()["said"][key]).format_map(params)


class Teller:
    """Tells what was judged on a day, in the words of one register; people by their ids alone."""

    def __init__(self, wording: Wording, day: str) -> None:
        self._wording, self._day = wording, day

    def markdown(self, found: Found) -> str:
        """Tell it to people; a shortlist comes with the command that makes each nomination."""
        return self._shortlist(found) if isinstance(found, Shortlist) else self._cards(found)

    def json(self, found: Found) -> str:
        """Tell it to programs, with all evidence, and of a shortlist also what was left out and why."""
        told = _list_told(found) if isinstance(found, Shortlist) else _cards_told(found)
        return orjson.dumps({"on": self._day, **told}, option=orjson.OPT_INDENT_2).decode() + "\n"

    def sheet(self, found: Found) -> Sheet:
        """Put it on a sheet: a row for each condition, or for each candidate."""
        return self._list_sheet(found) if isinstance(found, Shortlist) else self._cards_sheet(found)

    def _cards(self, cards: Sequence[Scorecard]) -> str:
        word, subject = words()["card"], cards[0].subject
        year = subject.last[:4]
        if subject.of == UNIT:
            lines = [word["unit"].format(year=year, name=neutral.line(self.unit(subject.key)))]
        else:
            whole = subject.first[:4] != year
            lines = [word["person" if whole else "person_year"].format(key=subject.key, year=year), ""]
            lines += [word["opens"].format(path=layout.path_of("person", subject.key))]
        lines += ["", word["day"].format(day=vi.day(self._day))]
        for card in cards:
            lines += ["", *self._card(card)]
        return "\n".join(lines) + "\n"

    def _card(self, card: Scorecard) -> Iterator[str]:
        word, name = words()["card"], neutral.line(card.evaluation["name"])
        yield word["evaluation"].format(name=name, state=words()["overall"][card.state])
        yield ""
        yield word["head"]
        for result in card.results:
            yield word["row"].format(
                name=neutral.line(result.condition["name"]),
                state=words()["states"][result.state],
                value=vi.whole(result.count.least) if result.count.is_known else word["nothing"],
                at_least=vi.whole(result.at_least),
                evidence=", ".join(_shown(result)) or word["nothing"],
            )
        yield ""
        yield from _rule(card)
        if card.subject.of != UNIT and card.state == MET:
            codes = ", ".join(f"`{code}`" for code in card.together)
            yield ""
            yield word["together"].format(codes=codes) if codes else word["apart"]
        unclear = dict.fromkeys(r.condition["measure"] for r in card.results if r.state == UNKNOWN)
        if unclear:
            yield ""
            yield word["unclear"]
            yield ""
            yield from (f"- {words()['clear'][measure]}" for measure in unclear)

    def _shortlist(self, found: Shortlist) -> str:
        word = words()["list"]
        lines = [word["title"].format(year=found.year, name=neutral.line(self.unit(found.unit))), ""]
        lines += [word["about"].format(day=vi.day(self._day)), "", word["ideas"], ""]
        ideas = [one for one in found.ideas if not one.bar]
        if ideas:
            lines += [word["ideas_order"], "", word["ideas_head"]]
            lines += [
                word["idea"].format(code=one.idea.code, title=neutral.line(one.idea.title), why=self._why(one))
                for one in ideas
            ]
        else:
            lines.append(word["ideas_none"])
        people = [one for one in found.people if not one.bar]
        lines += ["", word["people"], "", *self._near(people, word["person"], word["people_none"])]
        if people:
            key = people[0].card.subject.key
            lines += ["", word["names"].format(key=key, path=layout.path_of("person", key))]
        lines += ["", word["units"], "", *self._near(found.units, word["unit"], word["units_none"])]
        if barred := list(self._barred(found)):
            lines += ["", word["barred"], "", *barred]
        if commands := [*_commands(found, ideas, people)]:
            lines += ["", word["commands"], "", word["commands_about"], "", "```sh", *commands, "```"]
        return "\n".join(lines) + "\n"

    def _near(self, found: Sequence[Nearly], who: str, none: str) -> Iterator[str]:
        """Tell candidates in a table for each evaluation, a column for each condition."""
        word = words()["list"]
        if not found:
            yield none
        for _, group in groupby(sorted(found, key=_evaluation), _evaluation):
            near = list(group)
            conditions = near[0].card.evaluation["conditions"]
            yield from (f"{n}. {neutral.line(one['name'])}" for n, one in enumerate(conditions, 1))
            yield ""
            numbers = " | ".join(map(str, range(1, len(conditions) + 1)))
            yield word["head"].format(who=who, numbers=numbers, rule=" --- |" * len(conditions))
            for one in near:
                states = " | ".join(words()["states"][result.state] for result in one.card.results)
                yield word["row"].format(key=self._key(one), states=states, state=words()["overall"][one.card.state])

    def _key(self, one: Nearly) -> str:
        key = one.card.subject.key
        return neutral.line(self.unit(key)) if one.card.subject.of == UNIT else f"`{key}`"

    def _barred(self, found: Shortlist) -> Iterator[str]:
        row = words()["list"]["barred_row"]
        for idea in found.ideas:
            if idea.bar:
                yield row.format(key=idea.idea.code, why=self._bar(idea))
        for person in found.people:
            if person.bar:
                yield row.format(key=person.card.subject.key, why=self._bar(person))

    def _bar(self, one: Worthy | Nearly) -> str:
        return str(words()["bars"][one.bar]).format(by=self.unit(one.by)) if one.bar else ""

    def _why(self, one: Worthy) -> str:
        word, idea = words()["list"], one.idea
        rating = self.rating(idea.rating)
        parts = [word["rated"].format(rating=rating) if rating else word["unrated"]]
        if idea.adoptions:
            parts.append(word["places"].format(count=vi.whole(len(idea.adoptions))))
        elif idea.applied:
            parts.append(word["applied"])
        if idea.measured:
            parts.append(word["measured"])
        return "; ".join([*parts, word["recognised"].format(day=vi.day(idea.on))])

    def unit(self, key: str) -> str:
        """Name a unit; what is none stays as it is."""
        return self._wording.unit(key) or key

    def rating(self, rating: tuple[str, str] | None) -> str:
        """Name a rating as its rubric does."""
        rubric = self._wording.register.rubrics.get(rating[0]) if rating else None
        listed = rubric.get("ratings", ()) if rubric else ()
        return next((one["label"] for one in listed if rating and one["id"] == rating[1]), "")

    def _cards_sheet(self, cards: Iterable[Scorecard]) -> Sheet:
        return _sheet(
            words()["sheet"]["cards"],
            words()["sheet"]["card_columns"],
            ("text", "text", "text", "text", "text", "text", "number", "number", "text", "text"),
            ((card.subject.key, self._named(card), *_cells(card, result)) for card in cards for result in card.results),
        )

    def _named(self, card: Scorecard) -> str:
        return self.unit(card.subject.key) if card.subject.of == UNIT else ""

    def _list_sheet(self, found: Shortlist) -> Sheet:
        word = words()["sheet"]

        def near(listed: Iterable[Nearly], kind: str) -> Iterator[tuple[str, ...]]:
            for one in listed:
                card = one.card
                why = "; ".join(f"{r.condition['name']}: {words()['states'][r.state]}" for r in card.results)
                state = words()["overall"][card.state]
                yield word[kind], card.subject.key, self._named(card), state, why, self._bar(one)

        ideas = [
            (word["idea"], one.idea.code, one.idea.title, self.rating(one.idea.rating), self._why(one), self._bar(one))
            for one in found.ideas
        ]
        rows = [*ideas, *near(found.people, "person"), *near(found.units, "unit")]
        return _sheet(word["list"], word["list_columns"], ("text",) * 6, rows)


def _sheet(name: str, headings: Sequence[str], kinds: Sequence[str], rows: Iterable[tuple[str, ...]]) -> Sheet:
    widths = tuple(14 if kind == "number" else 28 for kind in kinds)
    return Sheet(name=name, headings=tuple(headings), kinds=tuple(kinds), widths=widths, rows=tuple(rows))


def _cells(card: Scorecard, result: Result) -> tuple[str, ...]:
    return (
        card.evaluation["name"],
        words()["overall"][card.state],
        result.condition["name"],
        words()["states"][result.state],
        str(result.count.least) if result.count.is_known else "",
        str(result.at_least),
        " ".join(one.key for one in result.count.evidence),
        words()["sheet"]["confirmed" if card.is_confirmed else "unconfirmed"],
    )


def _shown(result: Result) -> Iterator[str]:
    evidence = result.count.evidence
    for one in evidence[:_MOST]:
        yield words()["evidence"][one.says].format(name=f"`{one.key}`")
    if len(evidence) > _MOST:
        yield words()["card"]["more"].format(count=vi.whole(len(evidence) - _MOST))


def _rule(card: Scorecard) -> Iterator[str]:
    word, rule = words()["card"], card.evaluation["rule"]
    names = {condition["id"]: neutral.line(condition["name"]) for condition in card.evaluation["conditions"]}
    if len(rule) == 1 and set(rule[0]) == set(names):
        yield word["rule_all"]
    else:
        yield word["rule_lines"]
        yield ""
        yield from (word["rule_line"].format(names="; ".join(names.get(key, key) for key in line)) for line in rule)
    if not card.is_confirmed:
        yield ""
        yield word["unconfirmed"]


def _evaluation(one: Nearly) -> str:
    return one.card.evaluation["id"]


def _commands(found: Shortlist, ideas: Sequence[Worthy], people: Sequence[Nearly]) -> Iterator[str]:
    """Write how to nominate; what more than one unit could be is left to whoever runs it."""
    from_unit = found.from_units[0] if len(found.from_units) == 1 else _BLANK
    to_unit = found.to_units[0] if len(found.to_units) == 1 else _BLANK
    key, ways = words()["list"]["key"], f"--from {from_unit} --to {to_unit}"
    if ideas:
        yield f"sangkien nominate {key} {ways}"
    for title in dict.fromkeys(one.card.evaluation.get("title", _BLANK) for one in people):
        yield f"sangkien nominate person {key} --title {title} {ways}"


def _cards_told(cards: Sequence[Scorecard]) -> dict[str, Any]:
    subject = cards[0].subject
    told = {"of": subject.of, "id": subject.key, "first": subject.first, "last": subject.last}
    return told | {"evaluations": [_card(card) for card in cards]}


def _list_told(found: Shortlist) -> dict[str, Any]:
    return {
        "unit": found.unit,
        "year": found.year,
        "from_units": found.from_units,
        "to_units": found.to_units,
        "ideas": [
            {
                "code": one.idea.code,
                "title": one.idea.title,
                "rating": one.idea.rating[1] if one.idea.rating else None,
                "recognised_on": one.idea.on,
                "places": len(one.idea.adoptions),
                "measured": one.idea.measured,
                "left_out": one.bar or None,
                "because_of": one.by or None,
            }
            for one in found.ideas
        ],
        "people": [_near(one) for one in found.people],
        "units": [_near(one) for one in found.units],
    }


def _near(one: Nearly) -> dict[str, Any]:
    told = {"id": one.card.subject.key, **_card(one.card, key="evaluation")}
    return told | {"left_out": one.bar or None, "because_of": one.by or None}


def _card(card: Scorecard, key: str = "id") -> dict[str, Any]:
    return {
        key: card.evaluation["id"],
        "state": card.state,
        "confirmed": card.is_confirmed,
        "rule": card.evaluation["rule"],
        "together": card.together,
        "conditions": [
            {
                "id": result.condition["id"],
                "measure": result.condition["measure"],
                "at_least": result.at_least,
                "state": result.state,
                "value": result.count.least if result.count.is_known else None,
                "at_most": result.count.most,
                "evidence": [_evidence(one) for one in result.count.evidence],
            }
            for result in card.results
        ],
    }


def _evidence(one: Evidence) -> dict[str, str]:
    return {"kind": one.kind, "id": one.key, "says": one.says} | ({"code": one.code} if one.code else {})
