"""What a page shows beside the folder of its idea, so that a page made before is taken again only while it still fits.

A page of the register shows the folder of an idea or the record of a person, some facts of other records, and words
from registers that seldom change. The first two are named for each page by its key, the last for all by the context.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import orjson

from sangkien.domain import views
from sangkien.render import spread
from sangkien.render.wording import Wording


def context(wording: Wording) -> str:
    """Name the registers that any page may show words of."""
    register = wording.register
    told = (
        register.movement,
        register.lists,
        {key: (unit.record, unit.now) for key, unit in register.units.items()},
        {key: shelf.record for key, shelf in register.contents.items()},
        {key: shelf.record for key, shelf in register.fields.items()},
        {key: round_.record for key, round_ in register.rounds.items()},
        register.councils,
        {key: org.record for key, org in register.life.member_orgs.items()},
        register.rubrics,
        register.legal_bases,
    )
    return blake2b(orjson.dumps(told), digest_size=16).hexdigest()


class Surroundings:
    """Gives the keys of pages."""

    def __init__(self, wording: Wording) -> None:
        self._wording, self._register = wording, wording.register
        self._known: dict[str, str] = {}

    def of_idea(self, idea: views.Idea) -> str:
        """Name all that the page of an idea shows; empty where that cannot be told."""
        if not self._is_known(idea):
            return ""
        wording = self._wording
        shown = wording.pictures(idea) if idea.brief.pictured else ()
        return _named(
            idea.brief.key,
            self._told(idea),
            [(author.credit, author.share, wording.has_page(author.credit)) for author in idea.authors],
            wording.kin(idea),
            spread.kindred(idea, wording),
            self._register.referrals.get(idea.code),
            idea.code in wording.shared,
            shown,
        )

    def of_person(self, person: views.Person) -> str:
        """Name all that the page of a person shows; empty where that cannot be told."""
        if not all(map(self._is_known, person.ideas)):
            return ""
        wording = self._wording
        return _named(
            person.record,
            person.credit,
            [(idea.brief.key, self._told(idea), wording.partners(idea, person.credit)) for idea in person.ideas],
            [commendation.record for commendation in person.commendations],
            person.titles,
            wording.followed_up(person),
        )

    def of_data(self, ideas: Iterable[views.Idea], *beside: Any) -> str:
        """Name all that files without names tell of ideas, and what stands beside them; empty where it is not known."""
        told: list[Any] = [beside]
        for idea in ideas:
            if not self._is_known(idea):
                return ""
            told.append((idea.brief.key, idea.stands, self._told(idea)))
        return _named(told)

    def of_search(self, *beside: Any) -> str:
        """Name all that the search finds and shows; empty where that is not known."""
        register = self._register
        return self.of_data(
            register.ideas,
            [[author.credit for author in idea.authors] for idea in register.ideas],
            [(person.record, person.credit, len(person.ideas)) for person in register.people.values()],
            [(club.record, len(club.ideas)) for club in register.clubs.values()],
            [(model.record, len(model.ideas)) for model in register.models.values()],
            [(problem.record, len(problem.ideas)) for problem in register.problems.values()],
            [(decision.record, decision.bases) for decision in register.decisions.values()],
            beside,
        )

    def _told(self, idea: views.Idea) -> tuple[Any, ...]:
        """Give what registers tell of one idea."""
        brief = idea.brief
        decisions = [self._decision(key) for key in brief.decisions]
        sources = [source.code for source in self._wording.lineage.sources(idea)]
        return brief.on, brief.rating, brief.adoptions, brief.higher, decisions, idea.notices, idea.titles, sources

    def _is_known(self, idea: views.Idea) -> bool:
        return bool(idea.brief.key) and all(key in self._register.decisions for key in idea.brief.decisions)

    def _decision(self, key: str) -> str:
        """Name a decision as it stands."""
        if key not in self._known:
            self._known[key] = _named(self._register.decisions[key].record)
        return self._known[key]


def _named(*told: Any) -> str:
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()
