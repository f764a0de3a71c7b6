"""A register published earlier, held against the records as they are now: what was told must still stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import idea_code
from sangkien.domain.books import Books, Dossier
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.publicness import Recognition, Rulings, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One conclusion as it was published; the optional values are None where the register did not tell them."""

    council: str
    digest: str
    number: int | None
    decision: str | None
    rating: str | None
    recognised_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One idea as it was published."""

    code: str
    revoked: bool
    conclusions: tuple[Told, ...]


def read(register: Any) -> tuple[Entry, ...]:
    """Read a published register.

    Raises ValueError when it is none, or not a sound one: nothing in it may be passed over unread.
    """
    try:
        return tuple(
            Entry(
                code=_code(idea["code"]),
                revoked=idea.get("revoked", False) is True,
                conclusions=tuple(_told(conclusion) for conclusion in idea["conclusions"]),
            )
            for idea in register["ideas"]
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a register") from error


def _code(text: Any) -> str:
    code = idea_code.read(text)
    if code is None:
        raise ValueError("not a code")
    return code


def _told(conclusion: Any) -> Told:
    texts = {key: conclusion.get(key) for key in ("decision", "rating", "recognised_on")}
    told = Told(council=conclusion["council"], digest=conclusion["digest"], number=conclusion.get("number"), **texts)
    words = (told.council, told.digest, *(text for text in texts.values() if text is not None))
    if type(told.number or 0) is not int or not all(isinstance(word, str) for word in words):
        raise ValueError("not a conclusion")
    return told


def changes(entry: Entry, dossier: Dossier | None, books: Books, rulings: Rulings) -> Iterator[Finding]:
    """Say how one idea differs from what was told of it.

    A withdrawal answers for everything, a revocation for an honour that is gone.
    """
    where = dossier.folder if dossier else idea_code.folder(entry.code)
    if dossier and dossier.withdrawn is not None:
        return
    now = standing(dossier, books, rulings) if dossier else None
    if now is None or not (now.recognitions or now.revoked):
        yield _finding(Code.HONOUR_VANISHED, f"{where}/idea.yml", entry)
    shown = (*now.recognitions, *now.revoked) if now else ()
    for told in entry.conclusions:
        kept = [c for c in dossier.conclusions if c["council"] == told.council] if dossier else []
        kept = [c for c in kept if told.number in (None, c["number"])]
        number = told.number or (kept[-1]["number"] if kept else 1)
        file = f"{where}/conclusions/{told.council}-{number}.yml"
        if told.digest not in {c["digest"] for c in kept}:
            yield _finding(Code.REGISTER_DIFFERS, file, entry)
        if kept:
            yield from _differences(told, kept[-1], shown, file, entry)


def _differences(
    told: Told, conclusion: Mapping[str, Any], shown: Sequence[Recognition], file: str, entry: Entry
) -> Iterator[Finding]:
    """Compare rating, decision and day; what is now decided otherwise by a revocation keeps its decision and day."""
    if told.rating is not None and conclusion.get("rating") != told.rating:
        yield _finding(Code.HONOUR_CHANGED, file, entry, "rating", told.rating, conclusion.get("rating"))
    if told.decision is None:
        return
    decisions = {r.decision["id"]: r.on for r in shown if r.decision and r.council == told.council}
    if shown and told.decision not in decisions:
        yield _finding(Code.HONOUR_CHANGED, file, entry, "decision", told.decision, ", ".join(decisions) or None)
    elif shown and told.recognised_on is not None and decisions[told.decision] != told.recognised_on:
        now = decisions[told.decision]
        yield _finding(Code.HONOUR_CHANGED, file, entry, "recognised_on", told.recognised_on, now)


def _finding(  # the words of a sentence, one by one
    code: Code, file: str, entry: Entry, field: str = "", told: str | None = None, now: str | None = None
) -> Finding:
    params = {"idea": entry.code} | ({"field": field, "told": told or "—", "now": now or "—"} if field else {})
    return Finding(code=code, where=Location(file=file, path=(field,) if field else ()), params=params)
