"""Papers of a council: what is on record is told, what is not stays blank, and no mark stands beside a name."""

import io
import os
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from docx import Document
from docx.table import Table

from places import ROOT
from sangkien.adapters.word import fill
from sangkien.domain import idea_code
from sangkien.domain.books import Books, Dossier
from sangkien.domain.conclusion import Setting, conclude
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code
from sangkien.domain.layout import TEMPLATES
from sangkien.domain.paper_source import Source
from sangkien.domain.review import Review, from_rest
from sangkien.domain.rubric import Rubric
from sangkien.domain.tally import tally
from sangkien.render.papers.catalogue import KINDS
from sangkien.render.papers.frame import DOTS, Paper, Wish

GOLDEN = ROOT / "tests" / "render" / "golden" / "giay-to-hoi-dong.txt"
DAY, SESSION = "2019-06-12", "phien-1"
CLEAN, SPLIT, OPEN, LEFT, OLD = (idea_code.make(2019, letter * 7) for letter in "ABCDE")
RUBRIC: Any = {
    "version": 1, "id": "bo-1", "name": "Bộ tiêu chí thử", "quorum": "2/3", "min_ballots": 2, "pass_total": 60,
    "majority": "1/2", "ratings": [{"id": "tot", "label": "Tốt", "min_total": 70, "min_scores": {"moi": 30}}],
    "criteria": [
        {"id": "moi", "label": "Tính mới", "question": "Đã ai làm chưa?", "max_score": 60, "pass_score": "30.5",
         "bands": [{"label": "Tốt", "from_percent": 75, "text": "Chưa ai làm."},
                   {"label": "Thấp", "from_percent": 0, "text": "Đã có."}]},
        {"id": "loi", "label": "Có lợi & rẻ", "max_score": 40, "pass_score": 20},
    ],
}  # fmt: skip
SEATS = (
    ("ghe-1", "Đại diện Mặt trận", "chu-tich", {"github_id": 1001, "person": "p-open"}),
    ("ghe-2", "Đại diện Hội Nông dân", "uy-vien", {"github_id": 1002, "person": "p-hidden"}),
    ("ghe-3", "Thư ký", "thu-ky", {"github_id": 1003}),
    ("ghe-4", "Đại diện ngành giáo dục", "uy-vien", {"github_id": 1004, "conflicts": ["xa-a"]}),
    ("ghe-5", "Người có kinh nghiệm", "uy-vien", {"github_id": 1005}),
)
COUNCIL: Any = {
    "id": "hd", "name": "Hội đồng thử", "unit": "huyen", "established": {"number": "01/QĐ", "date": "2019-01-02"},
    "seats": [
        {"seat": key, "label": label, "role": role, "voting": True, "terms": [{"from": "2019-01-01", **term}]}
        for key, label, role, term in SEATS
    ],
}  # fmt: skip
REGISTERS: Any = {
    "councils": {"hd": COUNCIL},
    "rubrics": {"bo-1": RUBRIC},
    "rounds": {
        key: {"id": key, "name": name, "unit": "huyen", "rubric": "bo-1", "council": "hd", **ballots}
        for key, name, ballots in (
            ("dot-1", "Đợt một", {"ballots": "sealed", "seal": {"recipients": ["age1a", "age1b"]}}),
            ("dot-2", "Đợt hai", {"ballots": "open"}),
        )
    },
    "sessions": {
        SESSION: {
            "id": SESSION, "council": "hd", "date": DAY, "starts": "08:00", "place": "Phòng họp <b>lớn</b>",
            "present": ["ghe-1", "ghe-2", "ghe-3"], "absent": [{"seat": "ghe-4", "reason": "Đi công tác"}],
            "agenda": [CLEAN, SPLIT, OPEN, LEFT, OLD], "chair": "ghe-1", "secretary": "ghe-3",
        }
    },
    "units": {key: {"id": key, "level": "xa", "name": key.upper()} for key in ("huyen", "xa-a", "xa-b")},
    "lists": {"levels": [{"id": "xa", "name": "xã", "group": "dia-ban"}]},
    "letterheads": {
        "dau-giay": {
            "id": "dau-giay", "unit": "huyen", "valid_from": "2019-01-01", "valid_to": "2019-12-31",
            "superior": "Ủy ban Mặt trận xã HUYEN", "body": "Ban Thường trực", "symbol": "BTT", "place": "Suối Mẫu",
            "authority": "TM. Ban Thường trực", "position": "Chủ tịch", "recipients": [{"lines": ["Như trên"]}],
        }
    },
}  # fmt: skip
PEOPLE: Mapping[str, Any] = {
    "p-open": {
        "id": "p-open", "name": "Người Thử Một", "kind": "ca-nhan", "display": "full",
        "consents": [{"scope": ["full"], "date": "2019-01-01"}],
    },
    "p-hidden": {"id": "p-hidden", "name": "Người Thử Hai", "kind": "ca-nhan", "display": "hidden", "consents": []},
}  # fmt: skip


def idea(code: str, title: str, unit: str = "xa-b", round_: str = "dot-1") -> Any:
    return {
        "version": 1, "code": code, "kind": "sang-kien", "title": title, "unit": unit, "round": round_,
        "summary": "Làm {{ 7*7 }} & nhanh hơn.", "authors": [{"person": "p-author", "share": 100}],
    }  # fmt: skip


def review(account: int, verdict: str, marks: tuple[str, str] | None = ("40", "30")) -> Review:
    scores = f"moi: {marks[0]}\nloi: {marks[1]}\n" if marks else ""
    why = "ly-do: Có họ hàng với tác giả\n" if verdict == "khong-tham-gia" else ""
    body = f"```phieu-cham\nbo-tieu-chi: bo-1\n{scores}ket-luan: {verdict}\n{why}```"
    given = {"id": account, "user": {"id": account, "type": "User"}, "state": "COMMENTED", "body": body}
    return from_rest([{**given, "submitted_at": "2019-06-01T00:00:00Z", "commit_id": "c"}])[0]


def concluded(record: Any, reviews: list[Review], outcome: str, reasons: str, on: str = DAY) -> Any:
    counted = tally(Rubric.from_record(RUBRIC), COUNCIL, record, reviews, None, DAY)
    setting = Setting(council="hd", number=1, round=record["round"], session=SESSION, on=on, idea_blob=None)
    return conclude(counted, RUBRIC, record["code"], setting, outcome, reasons)


def dossiers() -> dict[str, Dossier]:
    withdrawn: Any = {"code": LEFT}
    clean, split = idea(CLEAN, "Ý <i>một</i>", "xa-a"), idea(SPLIT, "Ý hai", round_="dot-2")
    well = [review(1001, "cong-nhan"), review(1002, "cong-nhan", ("50.5", "35")), review(1003, "cong-nhan")]
    mixed = [
        review(1001, "cong-nhan", ("20", "30")), review(1002, "khong-cong-nhan", ("30", "12.25")),
        review(1003, "phieu-trang", None), review(1005, "khong-tham-gia", None), review(4040, "cong-nhan"),
    ]  # fmt: skip
    old: Any = {
        "code": OLD,
        "council": "hd",
        "number": 1,
        "by_decision": "qd-1",
        "concluded_on": DAY,
        "outcome": "cong-nhan",
        "round": "dot-2",
    }
    return {
        CLEAN: Dossier(folder="a", idea=clean, conclusions=(concluded(clean, well, "cong-nhan", "Hay.\n\nNên làm."),)),
        SPLIT: Dossier(
            folder="b", idea=split, conclusions=(concluded(split, mixed, "bo-sung", "Xin thử thêm.", "2019-06-14"),)
        ),
        OPEN: Dossier(folder="c", idea=idea(OPEN, "Ý ba", "xa-a")),
        LEFT: Dossier(folder="d", idea=idea(LEFT, "Ý đã rút"), withdrawn=withdrawn),
        OLD: Dossier(folder="e", idea=idea(OLD, "Ý cũ", round_="dot-2"), conclusions=(old,)),
    }


def source(*, with_names: bool = False) -> Source:
    found = dossiers()
    return Source(Books(**REGISTERS), found.get, PEOPLE.get, lambda: found, on="2019-06-20", with_names=with_names)


def made(kind: str, *keys: str, seat: str = "", with_names: bool = False) -> list[Paper]:
    maker = KINDS[kind].makes
    assert maker is not None
    return list(maker(source(with_names=with_names), Wish(kind=kind, keys=keys, seat=seat)))


def lines(paper: Paper) -> Iterator[str]:
    """Read a filled paper as a reader does: paragraph by paragraph, row by row."""
    folder = ROOT / TEMPLATES / paper.layout
    document = Document(io.BytesIO(fill(folder / f"{paper.kind}.docx", paper.values)))
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (" | ".join(cell.text.strip().replace("\n", " ⏎ ") for cell in row.cells) for row in block.rows)
        elif block.text.strip():
            yield block.text.strip()


def test_what_offices_read() -> None:
    papers = [
        *made("phieu-cham-diem", CLEAN),
        *made("phieu-cham-diem", CLEAN, seat="ghe-2"),
        *made("bang-tong-hop-diem", SESSION),
        *made("bien-ban-hop", SESSION),
        *made("bien-ban-kiem-phieu", SESSION),
        *made("giay-moi", SESSION, "hd"),
    ]
    text = "\n\n".join("\n".join([f"== {paper.name}", *lines(paper)]) for paper in papers) + "\n"

    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text


def test_a_seats_sheet_is_copied_as_far_as_its_ballot_is_on_record() -> None:
    def sheet(code: str, seat: str) -> Mapping[str, Any]:
        (paper,) = made("phieu-cham-diem", code, seat=seat)
        return paper.values

    counted, trusted = sheet(CLEAN, "ghe-2"), sheet(SPLIT, "ghe-3")
    assert [one["mark"] for one in counted["criteria"]] + [counted["total"]] == ["50,5", "35", "85,5"]
    assert [choice[0] for choice in counted["choices"]] == ["☒", "☐", "☐", "☐", "☐"]
    assert counted["copied"] == "Bản chép từ sổ để lưu, theo kết luận ngày 12 tháng 6 năm 2019."
    assert [choice[0] for choice in trusted["choices"]] == ["☐", "☐", "☐", "☒", "☐"]
    assert [one["mark"] for one in trusted["criteria"]] == ["", ""]
    assert [choice[0] for choice in sheet(SPLIT, "ghe-5")["choices"]] == ["☐", "☐", "☐", "☐", "☒"]
    assert sheet(CLEAN, "ghe-5")["copied"] == ""  # in office, but never heard
    assert "Theo kết luận ngày 12 tháng 6 năm 2019" in sheet(CLEAN, "ghe-4")["notice"]
    assert sheet(OPEN, "ghe-4")["notice"] == "Thành viên này có liên quan tới ý đang xét nên không chấm."
    assert "theo quyết định" in sheet(OLD, "ghe-1")["notice"]


def test_a_sheet_without_a_seat_is_blank_whatever_was_concluded() -> None:
    sheets = made("phieu-cham-diem", SESSION)
    assert [paper.name for paper in sheets] == [f"phieu-cham-diem-{code.lower()}" for code in (CLEAN, SPLIT, OPEN, OLD)]
    for paper in sheets:
        assert {one["mark"] for one in paper.values["criteria"]} == {""}
        assert (paper.values["total"], paper.values["seat"], paper.values["copied"]) == ("", DOTS, "")
        assert {choice[0] for choice in paper.values["choices"]} == {"☐"}


@pytest.mark.parametrize(("kind", "key", "seat"), [
    ("phieu-cham-diem", CLEAN, "ghe-99"), ("phieu-cham-diem", LEFT, ""), ("bien-ban-hop", "phien-khong-co", ""),
    ("giay-moi", "hd-khong-co", ""),
])  # fmt: skip
def test_what_is_not_there_is_said(kind: str, key: str, seat: str) -> None:
    with pytest.raises(UsageError):
        made(kind, key, seat=seat)
    with pytest.raises(UsageError):
        made(kind)


def test_members_are_named_by_consent_alone_and_never_beside_marks() -> None:
    def names(*, with_names: bool) -> list[str]:
        (paper,) = made("giay-moi", SESSION, with_names=with_names)
        return [member["name"] for member in paper.values["members"]]

    (minutes,) = made("bien-ban-hop", SESSION)
    assert names(with_names=False) == ["Người Thử Một", DOTS, DOTS, DOTS, DOTS]
    assert names(with_names=True) == ["Người Thử Một", "Người Thử Hai", DOTS, DOTS, DOTS]
    assert [finding.code for finding in minutes.findings] == [Code.PAPER_NAME_BLANK]
    for kind in ("phieu-cham-diem", "bang-tong-hop-diem"):
        for paper in made(kind, SESSION, seat="ghe-1" if kind == "phieu-cham-diem" else "", with_names=True):
            assert "Người Thử" not in str(paper.values)


def test_a_long_summary_of_many_criteria_keeps_its_width() -> None:
    (paper,) = made("bang-tong-hop-diem", SESSION)
    table = paper.values["tables"][0]

    def repeated(times: int) -> dict[str, Any]:
        rows = [{**line, "means": line["means"][:1] * times} for line in table["lines"] * times]
        return {**table, "criteria": table["criteria"][:1] * times, "lines": rows}

    filled = fill(
        ROOT / TEMPLATES / "bang-tong-hop-diem.docx",
        {**paper.values, "tables": [repeated(1), repeated(2), repeated(10)]},
    )
    _, *grids, _ = Document(io.BytesIO(filled)).tables
    whole = [sum(column.width or 0 for column in grid.columns) for grid in grids]
    assert [len(grid.columns) for grid in grids] == [11, 12, 20]
    assert max(whole) - min(whole) < min(whole) / 50
    for grid in grids:
        assert [cell.width for cell in grid.rows[1].cells] == [column.width for column in grid.columns]
