"""A pull request → statuses on its head and one comment: checked as data, by code of the default branch alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from sangkien.domain import digest, idea_code, layout, nomination, notation, proposal
from sangkien.domain.books import Dossier
from sangkien.domain.desk import SCORE, VALIDATE, Change, Pull, Remark, issue_of
from sangkien.domain.errors import OutsideError
from sangkien.domain.finding import Code, Finding, Location, best_first
from sangkien.domain.layout import Place
from sangkien.domain.nomination import Case, Ladder
from sangkien.domain.passages import Nearest
from sangkien.domain.proposal import PLAIN, Proposal
from sangkien.domain.rules.index import row_of
from sangkien.render import desk as told
from sangkien.render import review
from sangkien.workflow import conversation, reading
from sangkien.workflow.counter import Counter
from sangkien.workflow.forge import Forge
from sangkien.workflow.overlay import Overlay
from sangkien.workflow.ports import Files, Kept, Workers
from sangkien.workflow.tree import Tree
from sangkien.workflow.validate import validate

# Looks for earlier ideas near one, given its record and the other ideas still in open pull requests.
Near = Callable[[Mapping[str, Any], Sequence[Mapping[str, Any]]], Sequence[Nearest]]

_MOST_OPEN = 40  # other pull requests looked into for novelty, newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of one pull request."""

    number: int
    kind: str
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


class Gatekeeper:
    """Judges pull requests against the registers of the default branch."""

    def __init__(
        self, forge: Forge, files: Files, workers: Workers, near: Near, score_page: str, kept: Kept | None = None
    ) -> None:
        self._forge, self._files, self._workers, self._kept = forge, files, workers, kept
        self._near, self._score_page = near, score_page
        self._counter = Counter(files, kept)

    def waiting(self) -> list[int]:
        """List the open pull requests whose head nobody has judged yet."""
        return [p.number for p in self._forge.open_pulls() if VALIDATE not in self._forge.states(p.head)]

    def judge_issue(self, issue: int) -> list[Verdict]:
        """Judge the open pull requests made from an issue."""
        return [self.judge(p.number) for p in self._forge.open_pulls() if p.inside and issue_of(p.branch) == issue]

    def judge(self, number: int) -> Verdict:
        """Judge one pull request as it stands now, whatever woke us.

        A status belongs to a commit, not to a pull request. So nothing is said of one into another branch, where the
        same commit may look harmless, nor when the head moved while its files were listed.
        """
        return self._judge(number, tell=True)

    def findings(self, number: int) -> tuple[Finding, ...]:
        """Check one pull request as it stands now, and tell nobody."""
        return self._judge(number, tell=False).findings

    def proposed(self, number: int) -> tuple[Overlay, list[str]]:
        """Give the repository as an open pull request would make it, read as data, and the codes of its ideas."""
        pull = self._forge.pull(number)
        about = proposal.read(pull, list(self._forge.changes(number)))
        if not pull.is_open or about.kind not in ("idea", "import"):
            return Overlay(self._files, {}), []
        if about.kind == "idea":  # by anybody: what it says of people and offices on record is no word of theirs
            about = replace(about, changes=tuple(one for one in about.changes if self._is_its_own(about, one)))
        overlay, _ = self._fetch(about, pull)
        closed = (found and not proposal.awaits_more(found) for found in map(self._standing, about.folders))
        awaiting = [folder for folder, is_closed in zip(about.folders, closed, strict=True) if not is_closed]
        return overlay, [idea_code.of_folder(one) for one in awaiting if overlay.exists(f"{one}/idea.yml")]

    def _is_its_own(self, about: Proposal, change: Change) -> bool:
        """Tell a change of an idea, or of somebody new, from one of whatever else is on record."""
        for path in filter(None, (change.path, change.before)):
            place = about.places[path]
            if place is None or not (place.folder or (place.kind == "person" and not self._files.exists(path))):
                return False
        return True

    def _judge(self, number: int, *, tell: bool) -> Verdict:
        pull = self._forge.pull(number)
        changes = list(self._forge.changes(number))
        about = proposal.read(pull, changes)
        verdict = Verdict(number=number, kind=about.kind)
        if not pull.is_open or pull.base != self._forge.default_branch():
            return verdict
        if not changes and not tell:
            raise OutsideError("GitHub", f"no changes of #{number} yet")
        if not changes:
            return verdict  # nothing to judge, or the forge has not worked the changes out yet: the sweep looks again
        if about.kind == "code":
            overlay = Overlay(self._files, {})
            verdict = Verdict(number=number, kind="code", findings=tuple(proposal.faults(about, pull, (), {})))
        else:
            overlay, fetched = self._fetch(about, pull)
            findings = self._findings(about, pull, overlay, fetched)
            verdict = Verdict(number=number, kind=about.kind, findings=tuple(best_first(findings)))
        if not tell or self._is_borrowed(pull):
            return verdict
        if self._forge.pull(number).head != pull.head:
            return verdict  # the new head has an event of its own, and a sweep after that
        self._tell(pull, about, overlay, verdict)
        return verdict

    def _is_borrowed(self, pull: Pull) -> bool:
        """Tell whether a stranger sent a commit of ours once more, whose statuses are not theirs to move."""
        return not pull.inside and any(p.inside and p.head == pull.head for p in self._forge.open_pulls())

    def _fetch(self, about: Proposal, pull: Pull) -> tuple[Overlay, list[Finding]]:
        """Lay the pull request's plain, small record files over the default branch; the rest becomes findings."""
        if len(about.changes) > proposal.most_files(about.kind, pull):
            return Overlay(self._files, {}), []
        # What is no record stays out: a schema or a form of the pull request judges nothing, it is refused by its path.
        befores = (change.before for change in about.changes)
        changed: dict[str, bytes | None] = {path: None for path in befores if path and layout.is_record_area(path)}
        spoilt: dict[str, Finding] = {}
        tree = Tree(self._forge, self._forge.commit(pull.head).tree)
        for change in about.changes:
            path = change.path
            if not layout.is_record_area(path):
                continue
            fetched = None if change.status == "removed" else self._content(tree, path, about.places[path])
            if isinstance(fetched, Finding):
                spoilt[path] = fetched
            else:
                changed[path] = fetched
        # One that lies where no record may stand is never read, so it must be told of here.
        unread = [spoilt[path] for path in spoilt if not _is_read(about.places[path])]
        return Overlay(self._files, changed, spoilt), unread

    def _content(self, tree: Tree, path: str, place: Place | None) -> bytes | Finding:
        """Fetch a plain record file of a bearable size; pictures stay where they are, the site makes them anew."""
        entry = tree.find(path)
        where = Location(file=path, line=1, column=1)
        if entry is None or entry.mode != PLAIN:
            mode = entry.mode if entry else "?"
            return Finding(code=Code.FILE_MODE, where=where, params={"path": path, "mode": mode})
        limit = notation.MAX_BYTES if _is_read(place) else proposal.MOST_IMAGE_BYTES
        if entry.size > limit:
            return Finding(code=Code.TOO_LARGE, where=where, params={"limit": str(limit // 1024)})
        return self._forge.blob(entry.key) if _is_read(place) else b""

    def _findings(self, about: Proposal, pull: Pull, overlay: Overlay, fetched: list[Finding]) -> list[Finding]:
        named = [place for place in about.places.values() if place and place.kind == "person"]
        people = [place.key for place in named if self._files.exists(layout.path_of(place.kind, place.key))]
        standing = {folder: dossier for folder in about.folders if (dossier := self._standing(folder))}
        findings = [*fetched, *proposal.faults(about, pull, people, standing)]
        if any(f.code is Code.TOO_MANY_FILES for f in findings):
            return findings
        paths = [change.path for change in about.changes if layout.is_record_area(change.path)]
        paths += [folder for folder in about.folders if folder not in standing]  # it may lack its idea altogether
        # What a register says touches records anywhere; an idea's folder answers for itself.
        kept = (self._kept[0], overlay.over(self._kept[1])) if self._kept else None
        whole = about.kind in ("register", "import")
        findings += validate(overlay, self._workers, [] if whole else paths, kept).findings
        if about.idea_file:
            record = overlay.read(about.idea_file).record
            findings += proposal.strangers(about, _authors(record))
        findings += proposal.not_by_decision(about, self._conclusions(about, overlay), pull)
        if about.kind == "register" and not nomination.file_of(about):
            findings += _not_alone(about, overlay)
        return findings

    def _conclusions(self, about: Proposal, overlay: Overlay) -> dict[str, Any]:
        """Read the conclusions a pull request brings."""
        named = (path for path, place in about.places.items() if place and place.kind == "conclusion")
        return {path: overlay.read(path).record for path in named if overlay.exists(path)}

    def _standing(self, folder: str) -> Dossier | None:
        """Read what the default branch has of an idea; None when it has nothing."""
        return reading.read_dossier(self._files, folder, self._counter.schemas)

    def _tell(self, pull: Pull, about: Proposal, overlay: Overlay, verdict: Verdict) -> None:
        if about.kind == "code" and not verdict.findings:
            for context in (VALIDATE, SCORE):
                self._forge.status(pull.head, context, "success", told.status("code"))
            return
        errors = verdict.errors
        state, words = (
            ("failure", told.status("mend", count=len(errors))) if errors else ("success", told.status("fine"))
        )
        self._forge.status(pull.head, VALIDATE, "failure" if state == "failure" else "success", words)
        is_scored = about.kind == "idea" or _case(about, overlay) is not None
        if is_scored:
            received = told.label("received") in pull.labels
            waiting = told.status("received" if received else "wait_reception")
            self._forge.status(pull.head, SCORE, "pending", waiting)
        else:
            self._forge.status(pull.head, SCORE, "success", told.status("not_applicable"))
        body = self._comment(pull, about, overlay, verdict)
        before = conversation.tell(self._forge, pull.number, told.REVIEW, body)
        if is_scored and not self._is_settled(pull, before):
            conversation.put_label(self._forge, pull.number, pull.labels, "mend" if errors else "waiting")

    def _is_settled(self, pull: Pull, remarks: Sequence[Remark]) -> bool:
        """Tell whether the secretary has spoken on what the pull request says now."""
        if told.label("received") in pull.labels:
            return True
        origin = issue_of(pull.branch) if pull.inside else None
        if told.label("returned") not in pull.labels:
            return False
        said = self._forge.remarks(origin) if origin else remarks
        return any(remark.by_bot and told.head_marker(pull.head) in remark.body for remark in said)

    def _comment(self, pull: Pull, about: Proposal, overlay: Overlay, verdict: Verdict) -> str:
        case = _case(about, overlay)
        proposed = self._sound("nomination", overlay, nomination.file_of(about)) if case else None
        path = layout.path_of("idea", proposed["code"]) if proposed else about.idea_file
        record = self._sound("idea", overlay, path)
        kind = "case" if case else about.kind
        if record is None or (case and proposed is None):
            return review.comment(kind, verdict.findings)
        others = self._other_open_ideas(pull)
        near = tuple(self._near(record, others))
        codes = dict.fromkeys((record["code"], *record.get("same_as", ()), *(other.code for other in near)))
        return review.comment(
            kind,
            verdict.findings,
            review.Idea(
                record=record,
                books=self._counter.books,
                unit=self._title(record["unit"]),
                near=near,
                score_page=self._score_sheet(pull, record),
                nomination=proposed,
                higher=self._higher(codes, proposed["round"] if proposed else record["round"]),
            ),
        )

    def _sound(self, kind: str, overlay: Overlay, path: str | None) -> Any:
        """Give a record that has its shape; None for any other."""
        record = overlay.read(path).record if path and overlay.exists(path) else None
        return record if isinstance(record, dict) and self._counter.schemas.fits(kind, record) else None

    def _title(self, unit: str) -> str:
        return self._counter.desk.gazetteer.title(unit) if unit in self._counter.books.units else ""

    def _higher(self, codes: Iterable[str], round_: str) -> dict[str, tuple[tuple[str, str], ...]]:
        """Tell which ideas a unit above the round's council recognised: code → that unit's name, and the day."""
        books = self._counter.books
        record = books.rounds.get(round_)
        council = books.councils.get(record["council"]) if record else None
        if record is None or council is None:
            return {}
        ladder, found = Ladder(books), {}
        for code in codes:
            if dossier := self._standing(idea_code.folder(code)):
                honours = ladder.honours(code, row_of(dossier).concluded)
                higher = ladder.higher(honours, council.get("unit", record["unit"]))
                if higher:
                    found[code] = tuple((self._title(honour.unit), honour.on) for honour in higher)
        return found

    def _score_sheet(self, pull: Pull, record: Mapping[str, Any]) -> str:
        """Give the address of the score page for one idea; what it needs to know stands in the fragment, unsent."""
        if not self._score_page:
            return ""
        about = {"so": pull.number, "ma-so": record["code"], "van-tay": digest.scored_digest(record)[:12]}
        return f"{self._score_page}&{urlencode(about)}"

    def _other_open_ideas(self, pull: Pull) -> list[Mapping[str, Any]]:
        """Read the ideas of other open pull requests made from forms, newest first, so that twins are seen."""
        found: list[Mapping[str, Any]] = []
        for other in sorted(self._forge.open_pulls(), key=lambda p: p.number, reverse=True)[:_MOST_OPEN]:
            code = told.code_in_title(other.title)
            if other.number == pull.number or not other.inside or not other.by_bot or code is None:
                continue
            tree = Tree(self._forge, self._forge.commit(other.head).tree)
            entry = tree.find(layout.path_of("idea", code))
            if entry and entry.mode == PLAIN and entry.size <= notation.MAX_BYTES:
                record = notation.parse(self._forge.blob(entry.key)).record
                found += [record] if isinstance(record, dict) else []
        return found


def _is_read(place: Place | None) -> bool:
    return place is not None and place.kind != "image"


def _case(about: Proposal, overlay: Overlay) -> Case | None:
    """Read the case a pull request puts before a council; None for any other pull request."""
    path = nomination.file_of(about) if about.kind == "register" else None
    return nomination.case_of(overlay.read(path).record) if path else None


def _not_alone(about: Proposal, overlay: Overlay) -> list[Finding]:
    """Find cases among other changes, which could be merged before any council concluded on them."""
    return [
        Finding(code=Code.CASE_ALONE, where=Location(file=path, line=1, column=1))
        for path, place in about.places.items()
        if place
        and place.kind == "nomination"
        and overlay.exists(path)
        and nomination.case_of(overlay.read(path).record)
    ]


def _authors(record: Any) -> list[str]:
    authors = record.get("authors") if isinstance(record, dict) else None
    return [str(a.get("person")) for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
