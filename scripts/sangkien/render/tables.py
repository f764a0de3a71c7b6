"""The register as a table that a spreadsheet opens: sheets of workbooks, and CSV by RFC 4180 with the mark of UTF-8.

No names of people stand in it. A cell that a spreadsheet would take for a formula begins with an apostrophe in CSV,
which has no other way of saying that it is text.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sangkien.domain import address, views
from sangkien.domain import records as r
from sangkien.render import vietnamese as vi
from sangkien.render.data_beside import CORRECTED, REVOKED, STANDING, status
from sangkien.render.wording import Wording

COMMENDATIONS = "du-lieu/bieu-duong.csv"

_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, what it says of an idea, how a spreadsheet is to take it, and its width in letters."""

    heading: str
    value: Callable[[views.Idea], str]
    kind: Literal["text", "day", "number"] = "text"
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a workbook, as text; `kinds` tell which cells are days (2019-07-05) and which numbers."""

    name: str
    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


def everything(wording: Wording, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write everything as CSV; one workbook of all years would be long to open and new every day."""
    sheet = _sheet(wording, site_url, wording.register.ideas, "")
    yield address_of(None), as_csv(sheet.headings, sheet.rows)


def of_year(wording: Wording, site_url: str, year: str, bind: Callable[[Sheet], bytes]) -> Iterator[tuple[str, bytes]]:
    """Write one year as CSV and as a workbook."""
    sheet = _sheet(wording, site_url, wording.register.years[year], f"Ghi nhận {year}")
    yield address_of(year), as_csv(sheet.headings, sheet.rows)
    yield workbook_address(year), bind(sheet)


def _sheet(wording: Wording, site_url: str, ideas: Iterable[views.Idea], name: str) -> Sheet:
    columns = _columns(wording, site_url)
    return Sheet(
        name=name,
        headings=tuple(column.heading for column in columns),
        kinds=tuple(column.kind for column in columns),
        widths=tuple(column.width for column in columns),
        rows=tuple(tuple(column.value(idea) for column in columns) for idea in _ordered(ideas)),
    )


def _ordered(ideas: Iterable[views.Idea]) -> list[views.Idea]:
    return sorted(ideas, key=lambda idea: (idea.on, idea.code))


def address_of(year: str | None) -> str:
    """Give the address of a year's table, or of the whole."""
    return f"du-lieu/ghi-nhan-{year}.csv" if year else "du-lieu/ghi-nhan.csv"


def workbook_address(year: str) -> str:
    """Give the address of a year's workbook."""
    return f"du-lieu/ghi-nhan-{year}.xlsx"


def defused(cell: str) -> str:
    """Let a cell be text to a spreadsheet, whatever it begins with."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _columns(wording: Wording, site_url: str) -> tuple[Column, ...]:
    orgs = wording.register.life.member_orgs.values()
    names = {movement["id"]: movement["name"] for org in orgs for movement, _ in org.movements}
    return (
        Column(heading="Mã", value=lambda i: i.code),
        Column(heading="Tên", value=lambda i: i.title, width=48),
        Column(heading="Tóm tắt", value=lambda i: " ".join(i.record["summary"].split()), width=60),
        Column(heading="Loại", value=wording.kind),
        Column(heading="Lĩnh vực", value=wording.field, width=20),
        Column(heading="Nội dung phong trào", value=wording.content, width=28),
        Column(heading="Nơi ra đời", value=lambda i: vi.capital(wording.unit(i.brief.unit)), width=24),
        Column(heading="Nay thuộc", value=lambda i: _today(i, wording), width=24),
        Column(heading="Ngày nộp", value=lambda i: i.brief.submitted_on, kind="day"),
        Column(heading="Ngày ghi nhận", value=lambda i: i.on, kind="day"),
        Column(heading="Xếp loại", value=wording.rating),
        Column(heading="Quyết định", value=_decisions, width=32),
        Column(heading="Đã áp dụng", value=lambda i: "có" if i.applied else "chưa"),
        Column(heading="Số nơi làm theo", value=lambda i: str(len(i.brief.adoptions)), kind="number"),
        Column(heading="Chi phí (đồng)", value=lambda i: str(i.record["cost"]["amount"]), kind="number"),
        Column(heading="Đợt", value=lambda i: _round(i, wording), width=28),
        Column(heading="Hồ sơ mẫu", value=lambda i: "có" if i.brief.sample else ""),
        Column(heading="Địa chỉ", value=lambda i: (site_url or "/") + i.address, width=40),
        Column(heading="Đính chính", value=_corrected, width=32),
        Column(heading="Làm tiếp từ", value=lambda i: " ".join(s.code for s in wording.lineage.sources(i)), width=20),
        Column(heading="Phong trào gắn kết", value=lambda i: _movements(i, names), width=32),
    )


def _today(idea: views.Idea, wording: Wording) -> str:
    unit = wording.register.units.get(idea.brief.unit)
    return ", ".join(vi.capital(wording.unit(key)) for key in unit.now) if unit else ""


def _round(idea: views.Idea, wording: Wording) -> str:
    found = wording.register.rounds.get(idea.brief.round)
    return found.record["name"] if found else ""


def _decisions(idea: views.Idea) -> str:
    """Name the decision of every council that recognised the idea, the first one first, as its day is told first."""
    return _named(one.decision for one in idea.recognitions if one.decision)


def _movements(idea: views.Idea, names: Mapping[str, str]) -> str:
    return "; ".join(names[key] for key in idea.brief.movements if key in names)


def _corrected(idea: views.Idea) -> str:
    return _named(idea.notices)


def _named(decisions: Iterable[r.DecisionRecord]) -> str:
    return "; ".join(f"{decision['number']} ({vi.day(decision['date'])})" for decision in decisions)


def commendations(wording: Wording, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write all commendations as CSV: whose they are is not told, nor what for where one was taken back."""
    register = wording.register
    found = (*register.commendations.values(), *register.taken_back.values())
    rows = [
        (
            one.record["id"],
            wording.awards.get(one.record["award"], "Biểu dương"),
            one.record["date"],
            vi.capital(wording.unit(one.record["issuer"])),
            _named([one.decision] if one.decision else ()),
            " ".join(idea.code for idea in one.ideas),
            one.record["reason"] if one.stands else "",
            _STATUS[status(one)],
            _named([one.revoked_by] if one.revoked_by else one.notices),
            "có" if "sample" in one.record else "",
            f"{site_url or '/'}{address.COMMENDATIONS}{one.record['id']}/",
        )
        for one in sorted(found, key=lambda one: (one.record["date"], one.record["id"]))
    ]
    yield COMMENDATIONS, as_csv(_HEADINGS, rows)


_HEADINGS = (
    "Mã", "Hình thức", "Ngày", "Đơn vị biểu dương", "Quyết định", "Mã ý được nêu", "Lý do", "Tình trạng",
    "Theo quyết định", "Hồ sơ mẫu", "Địa chỉ",
)  # fmt: skip
_STATUS = {STANDING: "đang có hiệu lực", CORRECTED: "đã đính chính", REVOKED: "đã thu hồi"}


def as_csv(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Write a table as CSV; no cell of it is a formula."""
    made = io.StringIO()
    lines = csv.writer(made)  # commas, quotes where needed, CRLF: what RFC 4180 says
    lines.writerow(headings)
    lines.writerows(map(defused, row) for row in rows)
    return (_MARK + made.getvalue()).encode()
