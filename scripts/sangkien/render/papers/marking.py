"""Papers about marks: a member's sheet for one idea, and what all sheets of a session come to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sangkien.domain.ballot import plain
from sangkien.domain.conclusion import OUTCOMES
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.domain.records import ConclusionRecord, Criterion1, IdeaRecord, RoundRecord, RubricRecord
from sangkien.domain.rubric import Rubric, exact
from sangkien.domain.session_account import items
from sangkien.domain.tally import NOT_VOTING
from sangkien.render import vietnamese as vi
from sangkien.render.counting import value_name
from sangkien.render.papers.frame import DOTS, Paper, Wish, day_line, frame, words
from sangkien.render.papers.sitting import (
    Bench,
    Matter,
    by_decision,
    figure,
    fraction,
    matters,
    rating,
    told,
    votes,
)

_TICKED, _UNTICKED = "☒", "☐"
_ABSTAINS, _RECUSED = "phieu-trang", "khong-tham-gia"


def score_sheets(source: Source, wish: Wish) -> Iterator[Paper]:
    """Lay out a sheet for each idea named, or on the agenda of a session named; for a seat, as far as on record."""
    for key in wish.wanted():
        if (session := source.books.sessions.get(key)) is not None:
            for item in items(session, source.find):
                if item.idea is not None:
                    occasion = _Occasion(session["council"], item.idea, item.conclusion, session["date"])
                    yield _sheet(source, wish, occasion)
        else:
            idea = source.idea(key)
            council = _round(source, idea)["council"]
            newest = source.dossier(key).newest(council)
            on = newest["concluded_on"] if newest else source.on
            yield _sheet(source, wish, _Occasion(council, idea, newest, on))


class _Occasion(NamedTuple):
    """Which council looks at which idea, what it came to so far, and as of which day the council sits."""

    council: str
    idea: IdeaRecord
    conclusion: ConclusionRecord | None
    on: str


def _round(source: Source, idea: IdeaRecord) -> RoundRecord:
    if (found := source.books.rounds.get(idea["round"])) is None:
        raise UsageError("no-such", value=idea["round"])
    return found


def _sheet(source: Source, wish: Wish, occasion: _Occasion) -> Paper:
    council, idea, conclusion, on = occasion
    said, bench, round_ = words()["council"], Bench.of(source, council, on), _round(source, idea)
    counted = conclusion if conclusion is not None and "by_decision" not in conclusion else None
    key = counted["rubric"] if counted and wish.seat else round_["rubric"]
    if (rubric := source.books.rubrics.get(key)) is None:
        raise UsageError("no-such", value=key)
    if wish.seat and wish.seat not in {seat["seat"] for seat in bench.record["seats"]}:
        raise UsageError("no-such", value=wish.seat)
    label, role = bench.seat(wish.seat) if wish.seat else ("", "")
    spoken = _ballot(counted, wish.seat) if counted and wish.seat else {}
    copied = said["copied"].format(day=day_line(counted["concluded_on"])) if spoken and counted else ""
    notice = by_decision() if conclusion and not counted else _barred(bench, wish.seat, idea, counted)
    made = frame(source, wish.kind, bench.unit, as_of=on, body=bench.record["name"])
    return Paper(
        kind=wish.kind,
        name="-".join(filter(None, (wish.kind, idea["code"].lower(), wish.seat))),
        layout=made.layout,
        findings=made.findings,
        values={
            **made.values,
            **told(source, idea),
            "round": round_["name"],
            "summary": idea["summary"],
            "rubric": rubric["name"],
            "criteria": [_criterion(c, spoken.get("marks", {})) for c in rubric["criteria"]],
            "total_max": vi.decimal(plain(sum((exact(c["max_score"]) for c in rubric["criteria"]), exact(0)))),
            "total": vi.decimal(spoken["total"]) if "total" in spoken else "",
            "choices": [_choice(verdict, spoken.get("verdict")) for verdict in (*OUTCOMES, _ABSTAINS, _RECUSED)],
            "seat": " – ".join(dict.fromkeys(filter(None, (label, role)))) or DOTS,
            "copied": copied,
            "signs": said["copies" if copied or notice else "marks"],
            "notice": notice,
        },
    )


def _ballot(conclusion: ConclusionRecord, seat: str) -> Mapping[str, Any]:
    """Find what a seat said in a count; empty where nothing of it was counted."""
    for sheet in conclusion["counted"]:
        if sheet["seat"] == seat:
            return {"marks": sheet["marks"], "total": sheet["total"], "verdict": sheet["verdict"]}
    said = {_ABSTAINS: conclusion["abstained"], _RECUSED: conclusion["recused"]}
    return next(({"verdict": verdict} for verdict, seats in said.items() if seat in seats), {})


def _barred(bench: Bench, seat: str, idea: IdeaRecord, conclusion: ConclusionRecord | None) -> str:
    """Say why a seat has no part in an idea: as the count found, before it as the council's record has it."""
    said, holder = words()["council"], bench.sitting.get(seat)
    if conclusion is not None and seat in conclusion["conflicted"]:
        return str(said["barred"]).format(day=day_line(conclusion["concluded_on"]))
    if holder is None:
        return ""
    if not holder.voting:
        return vi.capital(value_name(NOT_VOTING)) + "."
    return str(said["would_be_barred"]) if conclusion is None and holder.is_conflicted(idea) else ""


def _criterion(criterion: Criterion1, marks: Mapping[str, str]) -> dict[str, Any]:
    most = exact(criterion["max_score"])
    mark = marks.get(criterion["id"])
    return {
        "label": criterion["label"],
        "question": criterion.get("question", ""),
        "bands": _bands(criterion),
        "max": vi.decimal(plain(most)),
        "least": vi.decimal(plain(exact(criterion["pass_score"]))),
        "mark": vi.decimal(mark) if mark is not None else "",
    }


def _bands(criterion: Criterion1) -> list[str]:
    """Tell from which mark on each band holds, and what it means; the lowest is below the one above it."""
    said, bands = words()["council"], criterion.get("bands", [])
    lines, above = [], 0
    for band in bands:
        percent, key = (band["from_percent"], "band") if band["from_percent"] else (above, "lowest_band")
        mark = vi.decimal(plain(exact(criterion["max_score"]) * percent / 100))
        lines.append(said[key].format(label=band["label"], mark=mark, text=band["text"]))
        above = percent
    return lines


def _choice(verdict: str, spoken: str | None) -> str:
    said = words()["council"]
    text = vi.capital(value_name(verdict)) + (said["why_not"] if verdict == _RECUSED else "")
    return f"{_TICKED if verdict == spoken else _UNTICKED} {text}"


def score_summary(source: Source, wish: Wish) -> Iterator[Paper]:
    """Sum up the sheets of a session: means alone, a table for each rubric that was used; no member's marks."""
    for key in wish.wanted():
        session = source.session(key)
        bench = Bench.of(source, session["council"], session["date"])
        made = frame(source, wish.kind, bench.unit, as_of=session["date"], body=bench.record["name"])
        tables = _by_rubric(list(matters(source, session)))
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{key}",
            layout=made.layout,
            findings=made.findings,
            values={
                **made.values,
                "council": bench.record["name"],
                "day": day_line(session["date"]),
                "tables": [_table(source, those) for those in tables],
            },
        )


def _by_rubric(looked_at: Sequence[Matter]) -> list[list[Matter]]:
    """Sort ideas by the rubric they are judged by; one whose rubric is not known any more goes with the first."""
    tables: dict[str, list[Matter]] = {matter.rubric["id"]: [] for matter in looked_at if matter.rubric}
    first = next(iter(tables), "")
    for matter in looked_at:
        tables.setdefault(matter.rubric["id"] if matter.rubric else first, []).append(matter)
    return list(tables.values())


def _table(source: Source, those: Sequence[Matter]) -> dict[str, Any]:
    rubric = next((matter.rubric for matter in those if matter.rubric), None)
    criteria = rubric["criteria"] if rubric else []
    return {
        "rubric": rubric["name"] if rubric else "",
        "criteria": [{"label": c["label"], "max": vi.decimal(plain(exact(c["max_score"])))} for c in criteria],
        "total_max": vi.decimal(plain(sum((exact(c["max_score"]) for c in criteria), exact(0)))),
        "lines": [_row(source, matter, [c["id"] for c in criteria]) for matter in those],
        "rules": rules(rubric) if rubric else [],
    }


def _row(source: Source, matter: Matter, criteria: Sequence[str]) -> dict[str, Any]:
    conclusion = matter.item.conclusion
    row: dict[str, Any] = matter.about(source) | {"note": matter.note}
    if conclusion is None:
        return row | {"means": [""] * len(criteria)}
    number = votes(conclusion)
    means = {one["id"]: figure(one["mean"]) for one in conclusion["criteria"]}
    return row | {
        "valid": str(number["valid"]),
        "abstained": str(number["abstained"]),
        "away": str(number["recused"] + number["conflicted"]),
        "means": [means.get(key, "") for key in criteria],
        "total": figure(conclusion["total"]["mean"]),
        "agree": f"{number['agree']}/{number['valid']}",
        "result": value_name(conclusion["result"]),
        "outcome": value_name(conclusion["outcome"]),
        "rating": rating(conclusion, matter.rubric),
    }


def rules(record: RubricRecord) -> list[str]:
    """Tell the rules a rubric recognises by, all its own numbers."""
    said, rubric = words()["council"], Rubric.from_record(record)
    labels = {c.id: c.label for c in rubric.criteria}

    def least(label: str, mark: Any) -> str:
        return str(said["at_least"]).format(label=label, mark=vi.decimal(plain(mark)))

    lines = [
        said["rule_quorum"].format(share=fraction(record["quorum"])),
        said["rule_ballots"].format(count=rubric.min_ballots) if rubric.min_ballots else "",
        said["rule_gates"].format(gates="; ".join(least(c.label, c.pass_score) for c in rubric.criteria)),
        said["rule_total"].format(mark=vi.decimal(plain(rubric.pass_total))),
        said["rule_majority"].format(share=fraction(record["majority"])),
    ]
    rated = [
        least(level.label, level.min_total)
        + "".join(said["with_gate"].format(gate=least(labels.get(c, c), mark)) for c, mark in level.min_scores.items())
        for level in rubric.ratings
    ]
    lines += [said["rule_ratings"].format(ratings="; ".join(rated))] if rated else []
    return [line for line in lines if line]
