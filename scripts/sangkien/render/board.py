"""What stands on the council's board: who waits for what, a sitting's block, where papers are made; and reminders."""

from collections.abc import Sequence
from dataclasses import dataclass

from sangkien.render import neutral
from sangkien.render.council import View, marked, words

BOARD = "<!-- sangkien:board -->"

_MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One line of the board."""

    view: View
    days: int
    expected: int


def body(lines: Sequence[Waiting], blanks: Sequence[str], papers: str) -> str:
    """Write the board: who waits how long and for what, and a sitting's block for each council to fill in."""
    said = words()["board"]
    rows = [
        said["row"].format(
            code=line.view.case.code,
            number=line.view.case.number,
            council=neutral.line(line.view.case.council["name"]),
            days=line.days,
            have=line.view.have,
            expected=line.expected,
            step=said["merged" if line.view.merged else line.view.step],
        )
        for line in lines
    ]
    sittings = [f"````text\n{blank}\n````" for blank in blanks] if blanks else [said["sitting_none"]]
    table = "\n".join([said["table"], *rows[:_MOST_LINES]]) if rows else said["none"]
    if len(rows) > _MOST_LINES:
        table += "\n\n" + said["more"].format(count=len(rows) - _MOST_LINES)
    return marked(BOARD, [said["head"], table, *([said["sitting"]] if blanks else []), *sittings, papers])


def title() -> str:
    """Give the board's title."""
    return str(words()["board"]["title"])


def papers_link(home: str, sessions: Sequence[str]) -> str:
    """Say where the papers of sessions are made; empty without any session."""
    said = words()["papers"]
    ids = ", ".join(f"`{id_}`" for id_ in sessions)
    return str(said["make"]).format(workflow=_papers_workflow(home), sessions=ids) if sessions else ""


def papers_marker(key: str) -> str:
    """Mark what is told of a session's or a decision's papers."""
    return f"<!-- sangkien:papers {key} -->"


def papers(key: str, address: str, days: int, home: str) -> str:
    """Tell where papers are fetched, and where they are made anew."""
    told = words()["papers"]["made"].format(key=key, address=address, days=days, workflow=_papers_workflow(home))
    return marked(papers_marker(key), [told])


def _papers_workflow(home: str) -> str:
    return f"{home}/actions/workflows/paper.yml"


def reminder_marker(day: str) -> str:
    """Mark the reminder of a day."""
    return f"<!-- sangkien:reminder {day} -->"


def is_reminder(body: str) -> bool:
    """Tell whether a comment of ours is a reminder of any day."""
    return body.startswith("<!-- sangkien:reminder ")


def reminder(day: str, waiting: Sequence[tuple[str, Sequence[tuple[int, int]]]]) -> str:
    """Remind people, by the names of their accounts, of pull requests and how many days they wait."""
    said = words()["reminder"]
    lines = [
        said["item"].format(
            login=login, ideas=", ".join(said["idea"].format(number=number, days=days) for number, days in ideas)
        )
        for login, ideas in waiting
    ]
    return marked(reminder_marker(day), [said["head"], "\n".join(lines)])
