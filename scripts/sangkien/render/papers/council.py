"""Papers of a council: what a member fills in, what the sheets come to, the minutes, and who is asked to come."""

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sangkien.domain.council import holders
from sangkien.domain.paper_source import Source
from sangkien.domain.records import RoundRecord, RubricRecord, SessionRecord
from sangkien.domain.rubric import exact
from sangkien.render import vietnamese as vi
from sangkien.render.counting import value_name
from sangkien.render.papers.frame import DOTS, FEW_DOTS, Paper, Wish, by_hand, day_line, frame, left_out, words
from sangkien.render.papers.kinds import Kind
from sangkien.render.papers.marking import score_sheets, score_summary
from sangkien.render.papers.sitting import (
    Bench,
    Matter,
    failed,
    figure,
    fraction,
    matters,
    met,
    outcome,
    votes,
)


def _minutes(source: Source, wish: Wish) -> Iterator[Paper]:
    """Write down a session: who was there, what the count came to, what the council concluded in its own words."""
    for key in wish.wanted():
        session = source.session(key)
        bench = Bench.of(source, session["council"], session["date"])
        made = frame(source, wish.kind, bench.unit, day=session["date"], body=bench.record["name"])
        looked_at = list(matters(source, session))
        present = session["present"]
        absent = {one["seat"]: one.get("reason", "") for one in session.get("absent", ())}
        unsaid = [seat for seat in bench.sitting if seat not in present and seat not in absent]
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{key}",
            layout=made.layout,
            findings=(*made.findings, *left_out(bench.credits())),
            values={
                **made.values,
                "council": bench.record["name"],
                "established": _established(bench),
                **_when(session),
                "present": [bench.line(seat) for seat in present],
                "absent": [bench.line(seat) + _reason(reason) for seat, reason in absent.items()],
                "unsaid": [bench.line(seat) for seat in unsaid],
                "chair": bench.line(session["chair"]),
                "secretary": bench.line(session["secretary"]),
                "quorum": _quorums(bench, session, looked_at),
                "count": str(len(looked_at)),
                "ideas": [_concluded(source, matter, session["date"]) for matter in looked_at],
                "chair_name": bench.name(session["chair"]),
                "secretary_name": bench.name(session["secretary"]),
            },
        )


def _when(session: SessionRecord) -> dict[str, str]:
    return {
        "starts": vi.hour(session["starts"]) if "starts" in session else FEW_DOTS,
        "ends": vi.hour(session["ends"]) if "ends" in session else FEW_DOTS,
        "day": day_line(session["date"]),
        "place": session["place"],
    }


def _established(bench: Bench) -> str:
    by = bench.record.get("established")
    return words()["council"]["established"].format(number=by["number"], day=day_line(by["date"])) if by else ""


def _reason(reason: str) -> str:
    said = words()["council"]
    return str(said["absent"]).format(reason=reason) if reason else str(said["absent_unsaid"])


def _quorums(bench: Bench, session: SessionRecord, looked_at: list[Matter]) -> list[str]:
    """Tell for each rubric used whether enough voting seats were there, of those in office that day."""
    rubrics: dict[str, RubricRecord] = {matter.rubric["id"]: matter.rubric for matter in looked_at if matter.rubric}
    voting = [holder.seat for holder in holders(bench.record, session["date"]) if holder.voting]
    have = sum(seat in session["present"] for seat in voting)
    lines = []
    for rubric in rubrics.values():
        needed = math.ceil(exact(rubric["quorum"]) * Fraction(len(voting)))
        lines.append(
            words()["council"]["quorum"].format(
                rubric=rubric["name"],
                share=fraction(rubric["quorum"]),
                members=len(voting),
                needed=needed,
                have=have,
                met=met(enough=have >= needed),
            )
        )
    return lines


def _concluded(source: Source, matter: Matter, day: str) -> dict[str, Any]:
    """Tell of one idea the count and the conclusion; what is not on record has room to be written."""
    said, conclusion = words()["council"], matter.item.conclusion
    told = _heading(source, matter)
    if conclusion is None:
        return told | {"count": "", "result": DOTS, "failed": "", "outcome": DOTS, "differs": "", "reasons": []}
    reasons, differs = conclusion.get("reasons", ""), ""
    if conclusion["outcome"] != conclusion["result"]:
        named = {key: value_name(conclusion[key]) for key in ("outcome", "result")}
        differs = said["differs"].format(**named) + ("" if reasons else said["why_blank"])
    return told | {
        "count": said["votes"].format(**votes(conclusion), mean=figure(conclusion["total"]["mean"]) or FEW_DOTS),
        "result": value_name(conclusion["result"]),
        "failed": failed(conclusion, matter.rubric),
        "outcome": outcome(conclusion, matter.rubric, day=day),
        "differs": differs,
        "reasons": _paragraphs(reasons),
    }


def _heading(source: Source, matter: Matter) -> dict[str, Any]:
    about = matter.about(source)
    where = [words()["council"]["code"].format(code=about["code"]), about["kind"], about["unit"]]
    return about | {"where": "; ".join(filter(None, where)), "note": matter.note}


def _paragraphs(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line]


def _count_minutes(source: Source, wish: Wish) -> Iterator[Paper]:
    """Write down the count of a session's ballots; who gave which is in none of it."""
    for key in wish.wanted():
        session = source.session(key)
        bench = Bench.of(source, session["council"], session["date"])
        made = frame(source, wish.kind, bench.unit, as_of=session["date"], body=bench.record["name"])
        looked_at = list(matters(source, session))
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{key}",
            layout=made.layout,
            findings=(*made.findings, *left_out(bench.credits(session["secretary"]))),
            values={
                **made.values,
                "council": bench.record["name"],
                **_when(session),
                "rounds": _rounds(looked_at),
                "rubrics": list(dict.fromkeys(matter.rubric["name"] for matter in looked_at if matter.rubric)),
                "ideas": [_heading(source, matter) | {"lines": _counted(bench, matter)} for matter in looked_at],
                "secretary_name": bench.name(session["secretary"]),
            },
        )


def _rounds(looked_at: list[Matter]) -> list[str]:
    """Tell how each round of a session was voted in, as far as that is on record; when it was opened is not."""
    rounds = {matter.round["id"]: matter.round for matter in looked_at if matter.round}
    return [_ballots(round_) for round_ in rounds.values()]


def _ballots(round_: RoundRecord) -> str:
    said, keys = words()["council"], round_.get("seal", {}).get("recipients", ())
    seal = said["sealed_for"].format(keys=len(keys)) if keys else ""
    return str(said[f"ballots_{round_['ballots']}"]).format(round=round_["name"], seal=seal)


def _counted(bench: Bench, matter: Matter) -> list[str]:
    said, conclusion = words()["council"], matter.item.conclusion
    if conclusion is None:
        return [] if matter.note else [said["count_blank"].format(dots=FEW_DOTS)]
    number = votes(conclusion)
    away = (("count_recused", conclusion["recused"]), ("count_conflicted", conclusion["conflicted"]))
    aside = "; ".join(
        said["aside"].format(review=one["review_id"], reason=value_name(one["reason"]))
        for one in conclusion["set_aside"]
    )
    return [
        said["count_base"].format(**number),
        *(said[key].format(labels=bench.labels(seats)) for key, seats in away if seats),
        said["count_have"].format(**number, met=met(enough=conclusion["quorum"]["met"])),
        said["count_votes"].format(**number),
        *([said["count_aside"].format(aside=aside)] if aside else []),
        said["count_result"].format(result=value_name(conclusion["result"])),
    ]


def _invitation(source: Source, wish: Wish) -> Iterator[Paper]:
    """Ask the members of a council to come: to a session as it is on record, else with room for what is not fixed."""
    for key in wish.wanted():
        session = source.books.sessions.get(key)
        on = min(source.on, session["date"]) if session else source.on
        bench = Bench.of(source, session["council"] if session else key, session["date"] if session else on)
        made = frame(source, wish.kind, bench.unit, as_of=on)
        names = bench.credits()
        blanks = {"starts": "", "day": day_line(""), "place": DOTS}
        yield Paper(
            kind=wish.kind,
            name=f"{wish.kind}-{key}",
            layout=made.layout,
            findings=(*made.findings, *left_out(names)),
            values={
                **made.values,
                "council": bench.record["name"],
                "established": _established(bench),
                **(_when(session) if session else blanks),
                "chair": bench.line(session["chair"]) if session else DOTS,
                "members": [
                    {"label": bench.seat(seat)[0], "role": bench.seat(seat)[1], "name": _written(bench, seat)}
                    for seat in bench.sitting
                ],
                "ideas": [matter.about(source) for matter in matters(source, session)] if session else [],
            },
        )


def _written(bench: Bench, seat: str) -> str:
    credit = bench.credit(seat)
    return by_hand(credit) if credit else DOTS


KINDS = (
    Kind(name="phieu-cham-diem", english="score-sheet", of="CODE… | SESSION…", makes=score_sheets),
    Kind(name="bang-tong-hop-diem", english="score-summary", of="SESSION…", makes=score_summary),
    Kind(name="bien-ban-hop", english="minutes", of="SESSION…", makes=_minutes),
    Kind(name="bien-ban-kiem-phieu", english="count-minutes", of="SESSION…", makes=_count_minutes),
    Kind(name="giay-moi", english="invitation", of="SESSION… | COUNCIL…", makes=_invitation),
)
