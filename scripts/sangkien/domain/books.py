"""All registers together, and one idea with all that stands in its folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sangkien.domain import layout
from sangkien.domain import records as r

_FIELD_OF_KIND = layout.FOLDERS | {"person": "people", "movement": "movement", "lists": "lists"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The registers, each a mapping from id to record: what every idea is judged and shown against."""

    movement: r.MovementRecord | None = None
    lists: r.ListsRecord | None = None
    ceremonies: Mapping[str, r.CeremonyRecord] = field(default_factory=dict)
    clubs: Mapping[str, r.ClubRecord] = field(default_factory=dict)
    commendations: Mapping[str, r.CommendationRecord] = field(default_factory=dict)
    contents: Mapping[str, r.ContentRecord] = field(default_factory=dict)
    councils: Mapping[str, r.CouncilRecord] = field(default_factory=dict)
    data_requests: Mapping[str, r.DataRequestRecord] = field(default_factory=dict)
    decisions: Mapping[str, r.DecisionRecord] = field(default_factory=dict)
    emulation_rounds: Mapping[str, r.EmulationRoundRecord] = field(default_factory=dict)
    fields: Mapping[str, r.FieldRecord] = field(default_factory=dict)
    inspections: Mapping[str, r.InspectionRecord] = field(default_factory=dict)
    invitations: Mapping[str, r.InvitationRecord] = field(default_factory=dict)
    legal_bases: Mapping[str, r.LegalBasisRecord] = field(default_factory=dict)
    letterheads: Mapping[str, r.LetterheadRecord] = field(default_factory=dict)
    member_orgs: Mapping[str, r.MemberOrgRecord] = field(default_factory=dict)
    models: Mapping[str, r.ModelRecord] = field(default_factory=dict)
    nominations: Mapping[str, r.NominationRecord] = field(default_factory=dict)
    outreach: Mapping[str, r.OutreachRecord] = field(default_factory=dict)
    people: Mapping[str, r.PersonRecord] = field(default_factory=dict)
    plans: Mapping[str, r.PlanRecord] = field(default_factory=dict)
    policy_comments: Mapping[str, r.PolicyCommentRecord] = field(default_factory=dict)
    problems: Mapping[str, r.ProblemRecord] = field(default_factory=dict)
    referrals: Mapping[str, r.ReferralRecord] = field(default_factory=dict)
    reports: Mapping[str, r.ReportRecord] = field(default_factory=dict)
    rounds: Mapping[str, r.RoundRecord] = field(default_factory=dict)
    rubrics: Mapping[str, r.RubricRecord] = field(default_factory=dict)
    sessions: Mapping[str, r.SessionRecord] = field(default_factory=dict)
    sponsorships: Mapping[str, r.SponsorshipRecord] = field(default_factory=dict)
    units: Mapping[str, r.UnitRecord] = field(default_factory=dict)

    @classmethod
    def gather(cls, records: Iterable[tuple[str, str, Any]]) -> "Books":
        """Shelve records given as (kind, id, record); of two with one id the first stays."""
        shelves: dict[str, Any] = {}
        for kind, key, record in records:
            name = _FIELD_OF_KIND[kind]
            if kind in layout.SINGLE:
                shelves[name] = record
            else:
                shelves.setdefault(name, {}).setdefault(key, record)
        return cls(**shelves)

    def of(self, kind: str) -> Mapping[str, Any]:
        """Give the register of a kind, a single record under its own name."""
        shelf = getattr(self, _FIELD_OF_KIND[kind])
        if kind in layout.SINGLE:
            return {kind: shelf} if shelf is not None else {}
        return shelf  # type: ignore[no-any-return]  # every field but the single ones is such a mapping

    def without(self, left_out: Iterable[tuple[str, str]]) -> "Books":
        """Give the same registers less some records, named by kind and id."""
        changes: dict[str, Any] = {}
        for kind, key in left_out:
            name = _FIELD_OF_KIND[kind]
            if kind in layout.SINGLE:
                changes[name] = None
            else:
                shelf = changes.setdefault(name, dict(getattr(self, name)))
                shelf.pop(key, None)
        return replace(self, **changes)

    def without_samples(self) -> "Books":
        """Give the same registers less all samples; movement and lists stay, whatever they are."""
        return self.without(
            (kind, key)
            for kind in (*layout.FOLDERS, "person")
            for key, record in self.of(kind).items()
            if "sample" in record
        )


KINDS = tuple(kind for kind, name in _FIELD_OF_KIND.items() if name in {f.name for f in fields(Books)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One idea's folder: what the proposer said and all that was recorded about it since."""

    folder: str
    idea: r.IdeaRecord | None = None
    withdrawn: r.WithdrawnRecord | None = None
    conclusions: tuple[r.ConclusionRecord, ...] = ()
    corrections: tuple[r.CorrectionRecord, ...] = ()
    applications: tuple[r.ApplicationRecord, ...] = ()
    images: tuple[str, ...] = ()

    @property
    def councils(self) -> tuple[str, ...]:
        """The councils that concluded on this idea, each once."""
        return tuple(dict.fromkeys(c["council"] for c in self.conclusions))

    def newest(self, council: str) -> r.ConclusionRecord | None:
        """Give the newest conclusion of a council on this idea; None before the first."""
        own = [c for c in self.conclusions if c["council"] == council]
        return max(own, key=lambda c: c["number"], default=None)
