"""What lies before the councils: pull requests the secretary received, read with everything said under them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sangkien.domain import command, layout, nomination, notation, proposal, urn
from sangkien.domain.desk import OPENING, Matter, Remark
from sangkien.domain.digest import scored_digest
from sangkien.domain.hearing import Case, Order, Recusal
from sangkien.domain.idea_code import folder
from sangkien.domain.rubric import Rubric
from sangkien.render import desk as told
from sangkien.workflow.counter import Counter
from sangkien.workflow.forge import Forge, Standing
from sangkien.workflow.ports import Keys

_Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """A pull request before a council; `path` is its idea's, `blob` the idea as it was read there."""

    matter: Matter
    case: Case
    path: str
    blob: bytes

    @property
    def number(self) -> int:
        return self.matter.pull.number

    def orders(self, word: command.Word) -> list[Order]:
        """List the comments that give an order, oldest first."""
        given = commands(self.matter.remarks)
        return [order_of(remark, said, self.number) for remark, said in given if said.word == word]

    def said(self, marker: str) -> Remark | None:
        """Find what we said under a marker; what somebody else wrote into our comment we did not say."""
        own = (r for r in self.matter.remarks if r.by_bot and not r.edited_by_other)
        return next((remark for remark in own if remark.body.startswith(marker)), None)


class Bench:
    """Reads pull requests into cases, many at a time; registers, councils and rubrics are the default branch's."""

    def __init__(self, forge: Forge, counter: Counter, keys: Keys) -> None:
        self._forge, self._counter, self._keys = forge, counter, keys

    def dockets(self, state: Standing) -> list[Docket]:
        """Read every pull request the secretary received; merged ones bear that label until they are concluded."""
        matters = list(self._forge.matters(state, [told.label("received")]))
        abouts = [(matter, about) for matter in matters for about in self._about(matter)]
        wanted = {
            (commit, path)
            for matter, (path, _, _) in abouts
            for commit in (matter.pull.head, *(review.commit_id for review in matter.reviews))
            if commit
        }
        texts = self._forge.blobs(sorted(wanted))
        dockets = (self._docket(matter, about, texts) for matter, about in abouts)
        return [docket for docket in dockets if docket is not None]

    def _about(self, matter: Matter) -> Iterator[tuple[str, str, str]]:
        """Tell which idea, council and round a pull request is about: nothing when it is about none, or several."""
        about = proposal.read(matter.pull, matter.changes)
        if about.idea_file:
            yield about.idea_file, "", ""
        asked = [change.path for change in matter.changes if _kind(change.path) == "nomination"]
        if about.kind == "register" and len(asked) == 1:
            at = (matter.pull.head, asked[0])
            record = notation.parse(self._forge.blobs([at])[at] or b"").record
            named = nomination.case_of(record) if isinstance(record, Mapping) else None
            if named:
                yield layout.path_of("idea", named[0]), named[1], named[2]

    def _docket(
        self, matter: Matter, about: tuple[str, str, str], texts: Mapping[_Place, bytes | None]
    ) -> Docket | None:
        path, council_id, round_id = about
        blob = texts.get((matter.pull.head, path))
        idea = self._idea(blob)
        if idea is None or blob is None or f"{folder(idea['code'])}/idea.yml" != path:
            return None
        books = self._counter.books
        round_ = books.rounds.get(round_id or idea["round"])
        council = books.councils.get(council_id or (round_["council"] if round_ else ""))
        rubric = books.rubrics.get(round_["rubric"]) if round_ else None
        if round_ is None or council is None or rubric is None:
            return None
        digests = {
            review.commit_id: self._digest(texts.get((review.commit_id, path)))
            for review in matter.reviews
            if review.commit_id
        }
        view = Rubric.from_record(rubric)
        sealed = round_["ballots"] == "sealed"
        opened = {text: plain for text in urn.armoured(matter.reviews, view) if (plain := self._keys.open(text))}
        case = Case(
            number=matter.pull.number,
            head=matter.pull.head,
            idea=idea,
            council=council,
            rubric=rubric,
            round=round_,
            reviews=matter.reviews,
            recusals=tuple(_recusals(matter.remarks)),
            digests={commit: digest for commit, digest in digests.items() if digest},
            opened=opened if sealed else {},
            opening=self._opening(matter) if sealed else None,
        )
        return Docket(matter=matter, case=case, path=path, blob=blob)

    def _opening(self, matter: Matter) -> datetime.datetime | None:
        """Tell when we opened the ballots of this head; what anybody else says under that name is nothing."""
        if OPENING not in matter.statuses:
            return None
        own = [s for s in self._forge.own_statuses(matter.pull.head, OPENING) if s.state == "success"]
        return moment(own[0].created_at) if own else None

    def _idea(self, blob: bytes | None) -> Mapping[str, Any] | None:
        if blob is None or len(blob) > notation.MAX_BYTES:
            return None
        record = notation.parse(blob).record
        return record if isinstance(record, dict) and self._counter.schemas.fits("idea", record) else None

    def _digest(self, blob: bytes | None) -> str:
        record = notation.parse(blob).record if blob is not None and len(blob) <= notation.MAX_BYTES else None
        try:
            return scored_digest(record) if isinstance(record, dict) else ""
        except TypeError:  # a value no digest is taken of: then it is no record of ours
            return ""


def commands(remarks: Sequence[Remark]) -> Iterable[tuple[Remark, command.Command]]:
    """List the orders people gave, oldest first."""
    for remark in sorted(remarks, key=lambda r: (r.created_at, r.key)):
        if not remark.by_bot and (said := command.read(remark.body)):
            yield remark, said


def order_of(remark: Remark, said: command.Command, place: int) -> Order:
    """Read an order off a comment."""
    return Order(
        key=remark.key,
        place=place,
        by=remark.author,
        at=moment(remark.created_at),
        edited=remark.edited,
        ruling=command.ruling(said),
    )


def moment(stamp: str) -> datetime.datetime:
    """Read a forge's time stamp."""
    return datetime.datetime.fromisoformat(stamp)


def _recusals(remarks: Sequence[Remark]) -> Iterator[Recusal]:
    for remark, said in commands(remarks):
        if said.word == "recuse" and said.reason and not remark.edited:
            yield Recusal(key=remark.key, by=remark.author, at=moment(remark.created_at), reason=said.reason)


def _kind(path: str) -> str:
    place = layout.place_of(path)
    return place.kind if place else ""
