"""What the bot says in issues and pull requests, each saying with its marker, so that it is found and edited later."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain import idea_code
from sangkien.domain.finding import Finding
from sangkien.render import neutral
from sangkien.render.messages import message, say
from sangkien.render.vietnamese import day as day_in_words

RECEIPT, FAULTS, REVIEW, RECEPTION = (
    f"<!-- sangkien:{name} -->" for name in ("receipt", "faults", "review", "reception")
)

_MOST_FAULTS = 40  # told at once; a comment has an end


@cache
def words() -> dict[str, Any]:
    """Read the desk's words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("desk_vi.toml").read_text(encoding="utf-8"))


def label(state: str) -> str:
    """Give the label that shows a state."""
    return str(words()["labels"][state])


def labels() -> dict[str, str]:
    """Give every label of a state with what it means."""
    return {label(state): about for state, about in words()["label_about"].items()}


def title(kind: str, code: str) -> str:
    """Give a pull request's title: ids only."""
    return str(words()["titles"][kind]).format(code=code)


def code_in_title(text: str) -> str | None:
    """Read the code out of the title of an idea's pull request; None for any other title."""
    code = idea_code.read(text[-14:])
    return code if code and text == title("idea", code) else None


def amends(text: str) -> bool:
    """Tell by its title whether a pull request adds to a record that stands."""
    return any(text.startswith(title(kind, "")) for kind in ("visit", "meeting"))


def commit_message(kind: str, code: str, digest: str, number: int = 0) -> str:
    """Give a commit's message: ids only, and the digest by which a later run knows its own work."""
    head = str(words()["commits"][kind]).format(code=code, number=number)
    return f"{head}\n\nFiles-Digest: {digest}\n"


def pull_body(kind: str, issue: int = 0) -> str:
    """Give the body of a pull request made from a form, or of one a clerk's sheet was made into."""
    return str(words()["pull"][kind]).strip().format(issue=issue) + "\n"


def carried_body(kind: str) -> str:
    """Give the body of a pull request or issue that no form of the desk's brought."""
    said = words()["carried"]
    return str(said.get(kind, said["record"])).strip() + "\n"


def sent_marker(mark: str) -> str:
    """Mark an issue made from a page of our own, by which a later run knows its own work."""
    return f"<!-- sangkien:sent {mark} -->"


def wish_body(mark: str, code: str, unit: str, unit_name: str, question: str, contact: str) -> str:
    """Hand the secretary the wish of somebody to do likewise; the question is people's text, the contact sealed."""
    said = words()["wish"]
    asked = said["asked"].format(question=neutral.quote(question)) if question else ""
    reach = said["sealed"].format(contact=contact.strip()) if contact else said["unreachable"]
    head = said["head"].format(code=code, unit=unit, unit_name=neutral.line(unit_name))
    return (
        "\n\n".join([sent_marker(mark), *(part.strip() for part in (head, asked, reach, said["foot"]) if part)]) + "\n"
    )


def receipt(kind: str, code: str, pull: int = 0) -> str:
    """Tell the submitter that a form was taken, and what happens next."""
    return _marked(RECEIPT, words()["receipt"][kind].strip().format(code=code, pull=pull))


def faults(findings: Iterable[Finding], labels_of: Mapping[str, str]) -> str:
    """List everything to be mended in a form, named by its questions; nothing left is said too."""
    told = list(dict.fromkeys(_fault(finding, labels_of) for finding in findings))
    said = words()["faults"]
    if not told:
        return _marked(FAULTS, said["gone"])
    items = [
        said["item"].format(number=n, label=name, sentence=sentence, cure_word=say("cure"), cure=cure)
        for n, (name, sentence, cure) in enumerate(told[:_MOST_FAULTS], 1)
    ]
    if len(told) > _MOST_FAULTS:
        items.append(said["several"].format(count=len(told) - _MOST_FAULTS))
    return _marked(FAULTS, "\n\n".join([said["head"].format(count=len(told)), said["about"], "\n".join(items)]))


def reception(kind: str, **params: str) -> str:
    """Tell what came of a secretary's command; a reason is people's text."""
    told = dict(params)
    if "day" in told:
        told["day"] = day_in_words(told["day"])
    if "reason" in told:
        told["reason"] = neutral.quote(told["reason"])
    return str(words()["reception"][kind]).format(**told)


def returned_marker(order: int) -> str:
    """Mark what was said when an order returned an idea."""
    return f"<!-- sangkien:returned {order} -->"


def answer_marker(order: int) -> str:
    """Mark the answer to an order that was not carried out."""
    return f"<!-- sangkien:answer {order} -->"


def stranger_marker(account: int) -> str:
    """Mark the one answer an account gets that gave orders without being a secretary."""
    return f"<!-- sangkien:stranger {account} -->"


def head_marker(commit: str) -> str:
    """Mark the state of an idea something was said of."""
    return f"<!-- sangkien:head {commit} -->"


def status(kind: str, **params: object) -> str:
    """Give the few words a commit's status shows."""
    return str(words()["status"][kind]).format(**params)


def _fault(finding: Finding, labels_of: Mapping[str, str]) -> tuple[str, str, str]:
    told = message(finding.veiled())
    path = [str(step) for step in finding.where.path if isinstance(step, str)]
    key = next((step for step in reversed(path) if step in labels_of), "")
    name = labels_of.get(key) or finding.params.get("label", "") or finding.code.value
    return neutral.line(name), neutral.line(told.sentence), neutral.line(told.cure)


def _marked(marker: str, text: str) -> str:
    return f"{marker}\n{text}\n"
