"""What a certificate may be made of: an idea recognised, or somebody commended, by a decision nobody took back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sangkien.domain import address, authenticity, awards
from sangkien.domain.books import Dossier
from sangkien.domain.certificate_words import Nature, fitting
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.domain.records import Certificate, DecisionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour:
    """One certificate's worth: whom it names, for what, by which decision, in which words.

    No `words` where the register holds none that fit; no `unit` and no `rating` beside a commendation.
    """

    key: str
    people: tuple[str, ...]
    told: str
    decision: DecisionRecord
    words: Certificate | None
    digest: str
    proof: str
    sample: bool
    is_award: bool = False
    unit: str = ""
    rating: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """What no certificate is made of, and why: `undecided` or `revoked`."""

    key: str
    why: str


def honours(source: Source, said: str) -> Iterator[Honour | Barred]:
    """Give what a key stands for: an idea, a commendation, or all a decision lists, in the order of its annex.

    Of an idea recognised twice, the newest. Raises UsageError for what is not there and for a decision of another kind.
    """
    if decision := source.books.decisions.get(said):
        if decision["kind"] not in ("cong-nhan", "khen-thuong"):
            raise UsageError("certificate-decision", value=said)
        yield from (_of_idea(source, code, said) for code in decision.get("codes", ()))
        yield from (_of_commendation(source, key, said) for key in decision.get("commendations", ()))
    elif said in source.books.commendations:
        yield _of_commendation(source, said)
    else:
        yield _of_idea(source, source.idea(said)["code"])


def _nature(dossier: Dossier, day: str) -> Nature:
    """Tell what an idea was on the day of a decision: what was first applied later was no initiative then."""
    idea: Any = dossier.idea
    return idea["kind"], idea["applied"] or any(one["since"] <= day for one in dossier.applications)


def _of_idea(source: Source, code: str, decision: str = "") -> Honour | Barred:
    dossier = source.find(code)
    if dossier is None or dossier.idea is None:
        return Barred(key=code, why="undecided")
    idea, stand = dossier.idea, source.standing(dossier)
    found = [(r, r.decision) for r in stand.recognitions if r.decision and decision in ("", r.decision["id"])]
    found = [(recognition, signed) for recognition, signed in found if signed["date"] <= source.on]
    if not found:
        taken = any(r.decision and decision in ("", r.decision["id"]) for r in stand.revoked)
        return Barred(key=code, why="revoked" if taken else "undecided")
    recognition, signed = found[-1]
    rubric = source.books.rubrics.get(recognition.conclusion.get("rubric", ""))
    ratings = {rating["id"]: rating["label"] for rating in rubric.get("ratings", ())} if rubric else {}
    return Honour(
        key=code,
        people=tuple(author["person"] for author in idea["authors"]),
        told=idea["title"],
        decision=signed,
        words=fitting(source.books, signed, [_nature(dossier, signed["date"])]),
        digest=authenticity.of_recognition(idea, recognition),
        proof=address.proof(code),
        sample="sample" in idea or "sample" in signed,
        unit=idea["unit"],
        rating=ratings.get(recognition.conclusion.get("rating", ""), ""),
    )


def _of_commendation(source: Source, key: str, decision: str = "") -> Honour | Barred:
    record = source.books.commendations.get(key)
    signed = next((d for d in source.rulings.on_commendation("khen-thuong", key) if decision in ("", d["id"])), None)
    if record is None or signed is None or signed["date"] > source.on:
        return Barred(key=key, why="undecided")
    ideas = [found for code in record.get("codes", ()) if (found := source.find(code)) and found.idea]
    public = {found.idea["code"] for found in ideas if found.idea and source.standing(found).recognitions}
    if not awards.stands(record, source.rulings, public):
        return Barred(key=key, why="revoked")
    return Honour(
        key=key,
        people=(record["person"],),
        told=record["reason"],
        decision=signed,
        words=fitting(source.books, signed, [_nature(d, signed["date"]) for d in ideas], award=record["award"]),
        digest=authenticity.of_commendation(record, signed),
        proof=address.proof_of_commendation(key),
        sample="sample" in record or "sample" in signed,
        is_award=True,
    )
