"""What was done, as figures count it: by which unit, on which day, and under which key it counts once.

A key leads to its record: an idea's code, a record's or a person's id; after a `/` stands which part of that record.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sangkien.domain import awards
from sangkien.domain import records as r
from sangkien.domain.books import Books, Dossier
from sangkien.domain.judge import Judge
from sangkien.domain.publicness import Rulings
from sangkien.domain.views import Whole

PERSON, COLLECTIVE = "ca-nhan", "tap-the"
_PLAN_OF_MOVEMENT = "phong-trao"


class Deed(NamedTuple):
    """One thing that counts; `parts` stand in the order its figure names them, several where it falls into several.

    What lasts begins on its day and is over on the day `until`. `counts` are its weights since a day, where the
    weight changes; without one for a day it does not count on that day.
    """

    unit: str
    day: str
    key: str
    weight: int = 1
    parts: tuple[str | tuple[str, ...], ...] = ()
    until: str = ""
    counts: tuple[tuple[str, int], ...] | None = None

    def on(self, day: str) -> "Deed | None":
        """Give it as it stands on a day; None where it is not there yet, over, or of no known weight."""
        if self.day > day or (self.until and self.until <= day):
            return None
        if self.counts is None:
            return self
        known = [count for count in self.counts if count[0] <= day]
        return self._replace(weight=max(known, key=lambda count: count[0])[1]) if known else None


Told = tuple[str, Deed]  # figure, deed


def gather(judge: Judge, dossiers: Iterable[Dossier]) -> dict[str, list[Deed]]:
    """Gather the deeds of all figures, each list by day and key: one pass over the ideas.

    A judge who leaves samples out leaves them out here, too.
    """
    books = judge.books
    found: dict[str, list[Deed]] = {}
    standing: set[str] = set()
    for dossier in dossiers:
        for figure, deed in _of_idea(judge, dossier, books.people):
            found.setdefault(figure, []).append(deed)
            if figure == "y-duoc-ghi-nhan":
                standing.add(deed.key)
    for figure, deed in _of_books(books, judge.rulings, standing):
        found.setdefault(figure, []).append(deed)
    for deeds in found.values():
        deeds.sort(key=lambda deed: (deed.day, deed.key))
    return found


def _of_idea(judge: Judge, dossier: Dossier, people: Mapping[str, r.PersonRecord]) -> Iterator[Told]:
    """Tell of one idea; of what was withdrawn nothing is told."""
    idea = dossier.idea
    if idea is None or dossier.withdrawn is not None or (judge.without_samples and "sample" in idea):
        return
    unit, code = idea["unit"], idea["code"]
    yield "y-da-gui", Deed(unit, idea["submitted_on"], code, parts=(idea["content"], idea["kind"]))
    for conclusion in dossier.conclusions:
        yield "y-da-xet", Deed(unit, conclusion["concluded_on"], code)
    whole = judge.whole(dossier)
    for recognition in whole.revoked:
        if recognition.revoked_by:
            yield "y-bi-thu-hoi", Deed(unit, recognition.revoked_by["date"], f"{code}/{recognition.council}")
    if whole.recognitions:
        yield from _of_recognised(judge, idea, whole, people)


def _of_recognised(
    judge: Judge, idea: r.IdeaRecord, whole: Whole, people: Mapping[str, r.PersonRecord]
) -> Iterator[Told]:
    unit, code = idea["unit"], idea["code"]
    on = whole.recognitions[0].on
    rating = whole.recognitions[-1].conclusion.get("rating", "")
    parts = idea["content"], idea["kind"], idea["field"], rating
    yield "y-duoc-ghi-nhan", Deed(unit, on, code, parts=parts)
    yield "sang-kien-va-mo-hinh-moi", Deed(unit, on, code)
    if idea["applied"] or whole.applications:
        yield "y-duoc-ap-dung", Deed(unit, on, code)
    for council in dict.fromkeys(recognition.council for recognition in whole.recognitions):
        first = next(one.on for one in whole.recognitions if one.council == council)
        yield "luot-ghi-nhan", Deed(unit, first, f"{code}/{council}")
    for honour in judge.higher(code, whole.recognitions):
        yield "y-duoc-cap-tren-ghi-nhan", Deed(unit, honour.on, code)
    for application in whole.applications:
        yield from _of_application(idea, application)
    for author in idea["authors"]:
        person = people.get(author["person"])
        if person and person["kind"] == COLLECTIVE:
            yield "tac-gia-tap-the", Deed(unit, on, author["person"])
        else:
            stratum = person.get("stratum", "") if person else ""
            yield "tac-gia-ca-nhan", Deed(unit, on, author["person"], parts=(stratum,))


def _of_application(idea: r.IdeaRecord, application: r.ApplicationRecord) -> Iterator[Told]:
    key, unit = f"{idea['code']}/{application['number']}", application["unit"]
    yield "noi-ap-dung", Deed(unit, application["since"], key)
    if unit != idea["unit"]:
        yield "noi-nhan-rong", Deed(unit, application["since"], key)
        yield "y-duoc-nhan-rong", Deed(unit, application["since"], idea["code"])
    for number, look in enumerate(application.get("follow_ups", ()), 1):
        yield "lan-hoi-tham", Deed(unit, look["date"], f"{key}/{number}")
        if look["still"] != "da-thoi":
            yield "con-lam-sau-hoi-tham", Deed(unit, look["date"], f"{key}/{number}")


def _of_books(books: Books, rulings: Rulings, ideas: Collection[str]) -> Iterator[Told]:
    yield from _of_honours(books, rulings, ideas)
    yield from _of_guidance(books)
    yield from _of_support(books)
    yield from _of_life(books)
    yield from _of_checks(books)


def _of_honours(books: Books, rulings: Rulings, ideas: Collection[str]) -> Iterator[Told]:
    for key, given in awards.standing(books, rulings, ideas).items():
        issuer, day, who = given["issuer"], given["date"], given["person"]
        person = books.people.get(who)
        yield "bieu-duong", Deed(issuer, day, key, parts=(given["award"],))
        collective = bool(person and person["kind"] == COLLECTIVE)
        yield f"{COLLECTIVE if collective else PERSON}-duoc-bieu-duong", Deed(issuer, day, who)
        if person:
            yield "nguoi-cua-don-vi-duoc-bieu-duong", Deed(person["unit"], day, who)
    for key, decision in awards.taken_back(books, rulings).items():
        yield "bieu-duong-bi-thu-hoi", Deed(books.commendations[key]["issuer"], decision["date"], key)
    for key, decision in books.decisions.items():
        if decision["kind"] == "dinh-chinh":
            yield "dinh-chinh", Deed(decision["issuer"], decision["date"], key)
    yield from _of_nominations(books)


def _of_nominations(books: Books) -> Iterator[Told]:
    for key, nomination in books.nominations.items():
        if nomination.get("purpose") == "xet-lai":
            continue
        if nomination["status"] != "dang-soan" and "sent_on" in nomination:
            yield "de-nghi-cap-tren", Deed(nomination["from_unit"], nomination["sent_on"], key)
        if nomination["status"] == "cong-nhan" and "answered_on" in nomination:
            yield "de-nghi-duoc-ghi-nhan", Deed(nomination["from_unit"], nomination["answered_on"], key)


def _of_guidance(books: Books) -> Iterator[Told]:
    for key, plan in books.plans.items():
        if plan.get("purpose", _PLAN_OF_MOVEMENT) == _PLAN_OF_MOVEMENT:
            yield "ke-hoach", Deed(plan["unit"], plan.get("issued_on", f"{plan['year']:04}-01-01"), key)
    for key, call in books.emulation_rounds.items():
        yield "dot-thi-dua", Deed(call["unit"], call["opens_on"], key)
        for number, review in enumerate(call.get("reviews", ()), 1):
            yield "so-ket-tong-ket", Deed(call["unit"], review["date"], f"{key}/{number}")
    for key, comment in books.policy_comments.items():
        yield "giam-sat-gop-y", Deed(comment["unit"], comment["date"], key, parts=(comment["kind"],))
    for key, talk in books.outreach.items():
        yield "tuyen-truyen", Deed(talk["unit"], talk["date"], key, parts=(talk["form"], tuple(talk["audiences"])))
        if "reach" in talk:
            yield "luot-nguoi-nghe", Deed(talk["unit"], talk["date"], key, talk["reach"])


def _of_support(books: Books) -> Iterator[Told]:
    for key, gift in books.sponsorships.items():
        yield "nguon-luc", Deed(gift["unit"], gift["date"], key)
        if "amount" in gift:
            yield "nguon-luc-tien", Deed(gift["unit"], gift["date"], key, gift["amount"])
        for number, use in enumerate(gift.get("uses", ()), 1):
            yield "nguon-luc-da-dung", Deed(gift["unit"], use["date"], f"{key}/{number}", use["amount"])
    yield from _of_letters(books)


def _of_letters(books: Books) -> Iterator[Told]:
    for key, letter in books.invitations.items():
        for asked in letter["to"]:
            who = f"{key}/{asked['unit']}"
            yield "don-vi-duoc-moi", Deed(letter["from_unit"], letter["sent_on"], who)
            if asked.get("answer") == "nhan-lam":
                yield "don-vi-nhan-lam", Deed(letter["from_unit"], asked.get("answered_on", letter["sent_on"]), who)
    for key, problem in books.problems.items():
        yield "bai-toan-da-neu", Deed(problem["unit"], problem["posted_on"], key)
        if problem["status"] == "da-giai" and "closed_on" in problem:
            yield "bai-toan-da-giai", Deed(problem["unit"], problem["closed_on"], key)
    for key, referral in books.referrals.items():
        if referral["status"] != "dang-soan" and "sent_on" in referral:
            yield "de-xuat-khcn", Deed(referral["from_unit"], referral["sent_on"], key)
        if referral["status"] == "co-trien-vong" and "answered_on" in referral:
            yield "de-xuat-co-trien-vong", Deed(referral["from_unit"], referral["answered_on"], key)


def _of_life(books: Books) -> Iterator[Told]:
    for key, club in books.clubs.items():
        unit, since, until = club["unit"], club["founded_on"], club.get("closed_on", "")
        yield "cau-lac-bo", Deed(unit, since, key, until=until)
        told = [("", club["members"])] if "members" in club else []
        told += [(count["date"], count["members"]) for count in club.get("counts", ())]
        yield "thanh-vien-cau-lac-bo", Deed(unit, since, key, until=until, counts=tuple(told))
        for number, activity in enumerate(club.get("activities", ()), 1):
            yield "buoi-sinh-hoat", Deed(unit, activity["date"], f"{key}/{number}")
    for key, model in books.models.items():
        unit, since, until = model["unit"], model["since"], model.get("ended_on", "")
        yield "mo-hinh-moi", Deed(unit, since, key)
        yield "sang-kien-va-mo-hinh-moi", Deed(unit, since, key)
        yield "mo-hinh", Deed(unit, since, key, until=until)
        if "households" in model:
            yield "ho-tham-gia-mo-hinh", Deed(unit, since, key, model["households"], until=until)
        for number, spread in enumerate(model.get("spread", ()), 1):
            yield "noi-nhan-rong-mo-hinh", Deed(spread["unit"], spread["since"], f"{key}/{number}")
    for key, feast in books.ceremonies.items():
        yield "le-bieu-duong", Deed(feast["unit"], feast["date"], key)
        if "attendance" in feast:
            yield "nguoi-du-le", Deed(feast["unit"], feast["date"], key, feast["attendance"])


def _of_checks(books: Books) -> Iterator[Told]:
    for key, check in books.inspections.items():
        unit, day = check["by_unit"], check["date"]
        yield "kiem-tra", Deed(unit, day, key)
        yield "don-vi-duoc-kiem-tra", Deed(unit, day, check["unit"])
        for number, found in enumerate(check.get("findings", ()), 1):
            yield "dieu-can-lam", Deed(unit, day, f"{key}/{number}")
            if "done_on" in found:
                yield "dieu-da-lam", Deed(unit, day, f"{key}/{number}")
