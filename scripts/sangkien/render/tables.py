"""The register as a table that a spreadsheet opens: CSV by RFC 4180, with the mark by which Excel knows UTF-8.

No names of people stand in it. A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sangkien.domain import views
from sangkien.render import vietnamese as vi
from sangkien.render.wording import Wording

_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Column = tuple[str, Callable[[views.Idea], str]]


def files(wording: Wording, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write the whole register, and each year."""
    register = wording.register
    columns = list(_columns(wording, site_url))
    ordered = partial(sorted, key=lambda idea: (idea.on, idea.code))
    yield address_of(None), _csv(columns, ordered(register.ideas))
    for year, ideas in register.years.items():
        yield address_of(year), _csv(columns, ordered(ideas))


def address_of(year: str | None) -> str:
    """Give the address of a year's table, or of the whole."""
    return f"du-lieu/ghi-nhan-{year}.csv" if year else "du-lieu/ghi-nhan.csv"


def defused(cell: str) -> str:
    """Let a cell be text to a spreadsheet, whatever it begins with."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _columns(wording: Wording, site_url: str) -> Iterator[Column]:
    yield "Mã", lambda i: i.code
    yield "Tên", lambda i: i.title
    yield "Tóm tắt", lambda i: " ".join(i.record["summary"].split())
    yield "Loại", wording.kind
    yield "Lĩnh vực", wording.field
    yield "Nội dung phong trào", wording.content
    yield "Nơi ra đời", lambda i: vi.capital(wording.unit(i.record["unit"]))
    yield "Nay thuộc", lambda i: _today(i, wording)
    yield "Ngày nộp", lambda i: i.record["submitted_on"]
    yield "Ngày ghi nhận", lambda i: i.on
    yield "Xếp loại", wording.rating
    yield "Quyết định", _decision
    yield "Đã áp dụng", lambda i: "có" if i.applied else "chưa"
    yield "Số nơi làm theo", lambda i: str(len(i.applications))
    yield "Chi phí (đồng)", lambda i: str(i.record["cost"]["amount"])
    yield "Đợt", lambda i: _round(i, wording)
    yield "Hồ sơ mẫu", lambda i: "có" if "sample" in i.record else ""
    yield "Địa chỉ", lambda i: (site_url or "/") + i.address


def _today(idea: views.Idea, wording: Wording) -> str:
    unit = wording.register.units.get(idea.record["unit"])
    return ", ".join(vi.capital(wording.unit(key)) for key in unit.now) if unit else ""


def _round(idea: views.Idea, wording: Wording) -> str:
    found = wording.register.rounds.get(idea.record["round"])
    return found.record["name"] if found else ""


def _decision(idea: views.Idea) -> str:
    decision = idea.recognitions[-1].decision
    return f"{decision['number']} ({vi.day(decision['date'])})" if decision else ""


def _csv(columns: Iterable[Column], ideas: Iterable[views.Idea]) -> bytes:
    made = io.StringIO()
    columns = list(columns)
    rows = csv.writer(made)  # commas, quotes where needed, CRLF: what RFC 4180 says
    rows.writerow(heading for heading, _ in columns)
    for idea in ideas:
        rows.writerow(defused(value(idea)) for _, value in columns)
    return (_MARK + made.getvalue()).encode()
