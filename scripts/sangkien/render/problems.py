"""The board of problems that wait for somebody's idea, and the page of each."""

from collections.abc import Iterable, Iterator
from functools import partial

from sangkien.domain import address, views
from sangkien.domain import records as r
from sangkien.render import vietnamese as vi
from sangkien.render.listing import Entry, index
from sangkien.render.page import Page, write
from sangkien.render.wording import Wording

Problem = views.Shelf[r.ProblemRecord]
NAME = "Bài toán chờ lời giải"
NEWEST = 3  # on the first page of the site
_STANDS = {"dang-cho": "Đang chờ lời giải", "da-giai": "Đã có lời giải", "thoi": "Không chờ nữa"}
_WAS = "Mỗi bài toán là một khó khăn có thật ở một nơi."
_LEAD = f"{_WAS} Bà con nghĩ giúp nhé: một mẹo nhỏ cũng quý.\n\nAi có cách, xin bấm vào bài toán rồi gửi ý."


def pages(wording: Wording) -> Iterator[Page]:
    """Write the board, and the page of each problem."""
    problems = wording.register.problems.values()
    entries = partial(_entries, problems, wording)
    yield from index(
        address.PROBLEMS,
        NAME,
        _WAS if _is_closed(wording) else _LEAD,
        [("", entries("dang-cho")), (_STANDS["da-giai"], entries("da-giai")), (_STANDS["thoi"], entries("thoi"))],
        "Chưa nơi nào nêu bài toán. Đơn vị đang vướng điều gì, xin nhắn nơi nhận ý để đăng ở đây.",
        onward=((address.TELL_MORE, "Nêu một bài toán của nơi bạn"),),
    )
    yield from (_page(problem, wording) for problem in problems)


def _is_closed(wording: Wording) -> bool:
    """Tell whether the site was handed over, and asks for nothing any more."""
    return bool(wording.register.movement and "handover" in wording.register.movement)


def of_unit(unit: str, wording: Wording) -> list[Entry]:
    """List the problems that a unit posed."""
    return [entry(problem, wording, unit=False) for problem in wording.posed.get(unit, ())]


def newest(wording: Wording) -> str:
    """Write the part of the first page that asks for help; empty while nothing waits."""
    waiting = [problem for problem in wording.register.problems.values() if problem.record["status"] == "dang-cho"]
    waiting.sort(key=lambda problem: problem.record["posted_on"], reverse=True)
    if not waiting or _is_closed(wording):
        return ""
    return write("home_problems.html.j2", name=NAME, entries=[entry(p, wording, unit=True) for p in waiting[:NEWEST]])


def entry(problem: Problem, wording: Wording, *, unit: bool) -> Entry:
    """Write a problem in one line, with its unit where that is not told already."""
    record = problem.record
    when = f"nêu ngày {vi.day(record['posted_on'])}"
    stands = {"da-giai": "đã có lời giải", "thoi": "không chờ nữa"}.get(record["status"], "")
    where = vi.capital(wording.unit(record["unit"])) if unit else ""
    return Entry(
        href=f"{address.PROBLEMS}{record['id']}/",
        title=record["title"],
        note=vi.capital(" · ".join(filter(None, (where, when, stands)))),
        sample="sample" in record,
    )


def _entries(problems: Iterable[Problem], wording: Wording, status: str) -> list[Entry]:
    return [entry(problem, wording, unit=True) for problem in problems if problem.record["status"] == status]


def _page(problem: Problem, wording: Wording) -> Page:
    record, register = problem.record, wording.register
    field, content = register.fields.get(record.get("field", "")), register.contents.get(record.get("content", ""))
    return Page(
        address=f"{address.PROBLEMS}{record['id']}/",
        section=address.PROBLEMS,
        title=record["title"],
        description=vi.shortened(record["need"], 200),
        changed=record.get("closed_on", record["posted_on"]),
        body=write(
            "problem.html.j2",
            problem=record,
            name=NAME,
            stands=_STANDS[record["status"]],
            asks=record["status"] == "dang-cho" and not _is_closed(wording),
            unit=wording.unit_link(record["unit"]),
            unit_today=wording.unit_today(record["unit"]),
            field=field.record["name"] if field else "",
            content=content.record["name"] if content else "",
            rows=wording.rows(problem.ideas),
        ),
    )
