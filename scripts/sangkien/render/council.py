"""What the council meets in pull requests: the tally's one comment, answers to ballots and orders, the board."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any, Literal
from urllib.parse import urlencode

from sangkien.domain.agreement import agreement, strength
from sangkien.domain.answers import Answer
from sangkien.domain.conclusion import printed
from sangkien.domain.council import Holder
from sangkien.domain.count import Figures, two_places
from sangkien.domain.digest import scored_digest
from sangkien.domain.finding import Finding
from sangkien.domain.hearing import Case
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import Tally
from sangkien.render import neutral
from sangkien.render.counting import comma, value_name
from sangkien.render.messages import message
from sangkien.render.vietnamese import day as day_in_words

TALLY, BLOCKED = (f"<!-- sangkien:{name} -->" for name in ("tally", "blocked"))

_MOST_ASIDE = 60  # shown at once; a comment has an end
_CARRIED_OUT = re.compile(r"<!-- order: ([0-9]+) -->")
_TRIED = re.compile(r"<!-- asked:([0-9 ]*)-->")

Step = Literal["waiting", "enough", "opened", "counted"]


@cache
def words() -> dict[str, Any]:
    """Read the council's words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("council_vi.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where things are: the repository's address on its forge, and the score page (empty where there is none)."""

    home: str
    score_page: str

    def review(self, pull: int, review: int) -> str:
        """Give the address of a review."""
        return f"{self.home}/pull/{pull}#pullrequestreview-{review}"

    def sheet(self, case: Case, account: int | None, seat: str = "") -> str:
        """Give the score page for one member, all it needs in the fragment; without such a page the review box."""
        if not self.score_page:
            return f"{self.home}/pull/{case.number}/files"
        about: dict[str, object] = {
            "so": case.number,
            "ma-so": case.code,
            "van-tay": scored_digest(case.idea),
            "dot": case.round["id"],
        }
        about |= {"thanh-vien": account} if account is not None else {}
        about |= {"ghe": seat} if seat else {}
        return f"{self.score_page}&{urlencode(about)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A case as its comment shows it: `awaited` are seats asked and not heard, `unread` sealed ballots without a key.

    `tried` are the accounts whose review was asked for by now.
    """

    case: Case
    tally: Tally
    awaited: tuple[Holder, ...]
    secretary: int | None
    unread: int = 0
    unreachable: tuple[Holder, ...] = ()
    unconfirmed: tuple[tuple[int, Holder], ...] = ()
    tried: frozenset[int] = frozenset()
    merged: bool = False
    again: bool = False

    @property
    def step(self) -> Step:
        if self.tally.count.result is None:
            return "waiting"
        if not self.case.sealed:
            return "counted"
        return "opened" if self.case.opening else "enough"

    @property
    def shows(self) -> bool:
        """Tell whether figures may be shown."""
        return self.case.opening is not None if self.case.sealed else self.step == "counted"

    @property
    def have(self) -> int:
        return self.tally.count.quorum_have + self.unread


def comment(view: View, places: Places) -> str:
    """Write the one comment of the tally, short of any figure until figures may be shown."""
    said = words()["comment"]
    case, count = view.case, view.tally.count
    parts = [_tried_mark(view.tried), said[view.step].format(code=case.code)]
    parts += [said["again"]] if view.again else []
    parts += [said["merged"]] if view.merged else []
    parts.append(said["sheets"].format(have=view.have, needed=count.quorum_needed, base=count.base))
    parts += [said["sheets_unread"].format(count=view.unread)] if view.unread else []
    parts.append(_awaited(view, places))
    for key, seats in (
        ("recused", view.tally.recused),
        ("conflicted", view.tally.conflicted),
        ("abstained", view.tally.abstained if view.shows else ()),
    ):
        parts += [said[key].format(labels=_labels(view, seats))] if seats else []
    parts += [said["sealed_rule" if case.sealed else "open_rule"]] if not case.opening else []
    parts += figures(view.tally, Rubric.from_record(case.rubric)) if view.shows else []
    parts += _aside(view, places)
    if view.step == "enough":
        parts.append(said["next_open"])
    elif view.step != "waiting":
        parts += [said["next_conclude"], f"```text\n{said['next_example']}\n```"]
    return marked(TALLY, parts)


def concluded(view: View, outcome: str, order: int, places: Places) -> str:
    """Write the tally's comment once the council has concluded, and on which order."""
    said = words()["comment"]
    parts = [f"<!-- order: {order} -->", said["concluded"].format(code=view.case.code, outcome=value_name(outcome))]
    parts += figures(view.tally, Rubric.from_record(view.case.rubric))
    return marked(TALLY, [*parts, *_aside(view, places)])


def carried_out(body: str) -> int:
    """Read which order was carried out; 0 when the comment tells of none."""
    match = _CARRIED_OUT.search(body)
    return int(match[1]) if match else 0


def figures(tally: Tally, rubric: Rubric) -> list[str]:
    """Tell the aggregates, what failed, and how far the members agree."""
    said, count = words()["comment"], tally.count
    labels = {criterion.id: neutral.line(criterion.label) for criterion in rubric.criteria}
    rows = [said["table"]]
    for criterion in rubric.criteria:
        row = _row(count.criteria[criterion.id], criterion.pass_score, passed=count.passed[criterion.id])
        rows.append(said["row"].format(label=neutral.line(criterion.label), **row))
    reached = count.total.mean is not None and count.total.mean >= rubric.pass_total
    rows.append(said["total"].format(**_row(count.total, rubric.pass_total, passed=reached)))
    needed = comma(two_places(rubric.majority * len(count.sheets)))
    parts = ["\n".join(rows), said["agree"].format(agree=count.agree, count=len(count.sheets), majority=needed)]
    rating = next((r.label for r in rubric.ratings if r.id == count.rating), "")
    rated = said["rating"].format(rating=neutral.line(rating)) if rating else ""
    parts.append(said["result"].format(result=value_name(count.result), rating=rated))
    if count.why:
        parts.append(said["why"].format(why="; ".join(unmet(why, labels) for why in count.why)))
    index = agreement(rubric, count.sheets)
    if index is not None:
        word = words()["strength"][strength(index)]
        parts.append(said["agreement"].format(index=comma(two_places(index)), word=word))
    return parts


def _row(figures: Figures, least: Fraction, *, passed: bool) -> dict[str, str]:
    said = words()["comment"]
    shown = {key: comma(number) for key, number in printed(figures).items()}
    return shown | {"least": comma(two_places(least)), "passed": said["passed" if passed else "not_passed"]}


def unmet(why: str, labels: Mapping[str, str]) -> str:
    """Say which condition of recognition does not hold; `labels` name the criteria as they may stand there."""
    said = words()["comment"]
    kind, _, criterion = why.partition(":")
    key = {"quorum": "why_quorum", "min-ballots": "why_ballots", "gate": "why_gate"}.get(kind, f"why_{kind}")
    return str(said[key]).format(criterion=labels.get(criterion, criterion))


def _awaited(view: View, places: Places) -> str:
    said = words()["comment"]
    if view.case.opening:  # too late to be asked for
        labels = ", ".join(neutral.line(holder.label) for holder in view.awaited)
        return said["away"].format(labels=labels) if labels else str(said["awaited_done"])
    lines = []
    for holder in view.awaited:
        on_paper = holder.github_id is None
        link = (
            places.sheet(view.case, view.secretary, holder.seat)
            if on_paper
            else places.sheet(view.case, holder.github_id)
        )
        key = "awaited_paper" if on_paper else "awaited_item"
        lines.append(said[key].format(label=neutral.line(holder.label), link=link))
    blocks = ["\n".join([said["awaited"], "", *lines]) if lines else said["awaited_done"]]
    if view.unreachable:
        labels = ", ".join(neutral.line(holder.label) for holder in view.unreachable)
        blocks.append(said["unreachable"].format(labels=labels))
    for review, holder in view.unconfirmed:
        line = said["confirm"].format(review=review, label=neutral.line(holder.label))
        blocks.append(f"{line}\n\n````text\n```phieu-cham\nxac-nhan: {review}\n```\n````")
    return "\n\n".join(blocks)


def _labels(view: View, seats: Iterable[str]) -> str:
    named = {holder.seat: holder.label for holder in view.tally.roll}
    return ", ".join(neutral.line(named.get(seat, seat)) for seat in seats)


def _aside(view: View, places: Places) -> list[str]:
    said = words()["comment"]
    if not view.tally.set_aside:
        return []
    lines = [
        said["aside_item"].format(
            review=aside.review_id,
            link=places.review(view.case.number, aside.review_id),
            reason=value_name(aside.reason),
        )
        for aside in view.tally.set_aside[-_MOST_ASIDE:]
    ]
    return ["\n".join([said["aside"], "", *lines])]


def tried(body: str) -> frozenset[int]:
    """Read out of the tally's comment whose review was asked for."""
    match = _TRIED.search(body)
    return frozenset(map(int, match[1].split())) if match else frozenset()


def _tried_mark(accounts: Iterable[int]) -> str:
    return f"<!-- asked: {' '.join(map(str, sorted(accounts)))} -->"


def answer(answer: Answer, case: Case, places: Places) -> str:
    """Answer a review that was not counted; in a sealed round by the fault's code alone, since a fault names marks."""
    said = words()["answer"]
    marker = answer_marker(answer)
    if answer.kind == "mended":
        return marked(marker, [said["mended"]])
    link = places.review(case.number, answer.review.id)
    way = "" if case.opening else said["way"].format(link=places.sheet(case, answer.review.user_id))
    if answer.kind in ("approve", "stranger"):
        text = said[answer.kind].format(link=link)
        return marked(marker, [text, way] if answer.kind == "approve" else [text])
    if answer.kind == "aside":
        return marked(marker, [said["seat"].format(link=link, reason=value_name(answer.reason)), way])
    if answer.kind == "faulty":
        faults = dict.fromkeys(_fault(finding, veiled=case.sealed) for finding in answer.findings)
        items = "\n".join(list(faults)[:_MOST_ASIDE])
    else:
        items = said[answer.kind]
    return marked(marker, [said["head_faulty"].format(link=link), items, way])


def answer_marker(answer: Answer) -> str:
    """Mark the answer to one review; a stranger has one for all."""
    if answer.kind == "stranger":
        return f"<!-- sangkien:ballot-of {answer.review.user_id} -->"
    return f"<!-- sangkien:ballot {answer.review.id} -->"


def _fault(finding: Finding, *, veiled: bool) -> str:
    said = words()["answer"]
    if veiled:
        return str(said["sealed_item"]).format(code=finding.code.value)
    told = message(finding.veiled())
    return str(said["item"]).format(sentence=neutral.line(told.sentence), cure=neutral.line(told.cure))


def status(view: View) -> str:
    """Give the few words of the tally's status."""
    count = view.tally.count
    return str(words()["status"][view.step]).format(have=view.have, needed=count.quorum_needed)


def status_word(kind: str, **params: str) -> str:
    """Give another of the few words a status shows."""
    return str(words()["status"][kind]).format(**params)


def order(key: str) -> str:
    """Say why an order is not carried out."""
    return str(words()["order"][key])


def commit(kind: str, **params: object) -> str:
    """Give a commit's message: ids only."""
    return str(words()["commit"][kind]).format(**params)


def told(code: str, outcome: str, reasons: str, *, by_form: bool) -> str:
    """Tell whoever sent an idea what the council concluded, in its own words, and how to go on."""
    said = words()["told"]
    council = said["words"].format(reasons=neutral.quote(reasons)) if reasons else ""
    way = said["way_form" if by_form else "way_pull"]
    return str(said[outcome]).format(code=code, words=council, way=way)


def outcome_marker(pull: int) -> str:
    """Mark what was told of the conclusion made under a pull request."""
    return f"<!-- sangkien:outcome {pull} -->"


def marked(marker: str, parts: Sequence[str]) -> str:
    """Put a saying together, its marker first."""
    return marker + "\n" + "\n\n".join(part for part in parts if part) + "\n"


def sitting_faults(marker: str, findings: Sequence[Finding]) -> str:
    """Say what is to be mended in a sitting's block."""
    said = words()["sitting"]
    told = (message(finding.veiled()) for finding in findings[:_MOST_ASIDE])
    lines = [said["fault"].format(sentence=neutral.line(t.sentence), cure=neutral.line(t.cure)) for t in told]
    return marked(marker, [said["faults"], "\n".join(lines)])


def sitting_refused(marker: str, why: str) -> str:
    """Say why a sitting's block is not carried out."""
    return marked(marker, [words()["sitting"][why]])


def sitting_done(marker: str, day: str, results: Sequence[str], papers: str) -> str:
    """Tell what came of each idea of a sitting, and where its papers are made."""
    head = words()["sitting"]["head"].format(day=day_in_words(day))
    return marked(marker, [head, "\n".join(results), papers])


def sitting_line(kind: str, code: str, *, number: int = 0, outcome: str = "", why: str = "") -> str:
    """Tell what came of one idea of a sitting."""
    shown = {"outcome": value_name(outcome) if outcome else "", "why": order(why) if why else ""}
    return str(words()["sitting"][kind]).format(code=code, number=number, **shown)
