"""A clerk's sheet → records, or everything to be mended at once; every name is made up."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from messy_sheets import FIRST, HEAD, SECOND, text, xlsx
from places import ROOT
from sangkien.adapters import spreadsheet
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import idea_code
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Code
from sangkien.domain.grid import place
from sangkien.domain.passages import Nearest, Passage
from sangkien.domain.row_reader import Terms
from sangkien.render import importing as told
from sangkien.render.forms import Maker
from sangkien.workflow import recognised
from sangkien.workflow.import_ import Importer, Near, Reading, Words
from sangkien.workflow.new import open_desk
from sangkien.workflow.validate import validate
from sangkien.workflow.verify import verify

pytestmark = pytest.mark.long

Cells = Mapping[str, object]
DESK = open_desk(Store(ROOT))
MAKER = Maker(DESK.schemas, DESK.books)
TERMS = Terms(file="a.xlsx", entered_by="xa-gia-kiem-2025", today="2026-11-23", labels=told.labels(MAKER))


@cache
def importer(root: Path = ROOT, near: Near | None = None, secret: bytes = b"k") -> Importer:
    words = Words(vocabulary=told.vocabulary(MAKER), cells=told.cell_words())
    return Importer(Store(root), Pool(1), words, secret, near)


def read(*rows: Sequence[object], terms: Terms = TERMS, by: Importer | None = None) -> Reading:
    return (by or importer()).read(spreadsheet.read(xlsx([HEAD, *rows])), terms)


def row(base: Sequence[object] = FIRST, /, **changed: object) -> list[object]:
    """Give a row with some cells changed, named by their column's first word."""
    names = {
        "title": 1,
        "kind": 2,
        "content": 3,
        "field": 4,
        "unit": 5,
        "authors": 6,
        "shares": 7,
        "before": 8,
        "day": 12,
    }
    found = list(base)
    for key, value in changed.items():
        found[names[key]] = value
    return found


def wide(**more: object) -> Reading:
    """Read the first row with further columns."""
    return importer().read(spreadsheet.read(xlsx([(*HEAD, *more), (*FIRST, *more.values())])), TERMS)


def faults(reading: Reading) -> set[tuple[str, str]]:
    return {(place(f.where.line - 1, f.where.column - 1), f.code.value) for f in reading.findings}


def test_rows_become_ideas_and_people() -> None:
    reading = read(FIRST, SECOND)
    papers = list(importer().papers(reading.entries))

    assert reading.findings == ()
    assert [paper.branch for paper in papers] == [
        f"idea/{paper.code[:4]}-{paper.code[5:].replace('-', '').lower()}" for paper in papers
    ]
    first, second = (entry.idea for entry in reading.entries)
    assert (first["title"], first["kind"], first["content"], first["field"], first["unit"], first["submitted_on"]) == (
        "Ủ lá chôm chôm thành phân cho vườn tiêu", "cach-lam-moi", "nd2", "nong-nghiep", "xa-gia-kiem-2025",
        "2026-07-05",
    )  # fmt: skip
    assert first["source"] == {"door": "bang-tinh", "entered_by": "xa-gia-kiem-2025"}
    assert first["cost"] == {"amount": 350_000}
    assert [a["share"] for a in first["authors"]] == [60, 40]
    assert (second["submitted_on"], second["content"], second["cost"]) == ("2026-07-06", "nd2", {"amount": 0})
    people = [person for entry in reading.entries for person in entry.people]
    assert [(p["name"], p["kind"], p["display"]) for p in people] == [
        ("Trần Thị Ví Dụ", "ca-nhan", "hidden"), ("Tổ ủ phân Mẫu", "tap-the", "hidden"),
        ("Nguyễn Mẫu Hoa", "ca-nhan", "hidden"),
    ]  # fmt: skip
    assert all(idea_code.is_sound(paper.code) for paper in papers)
    assert all(
        set(paper.files) == {path for path, _ in e.records()} for paper, e in zip(papers, reading.entries, strict=True)
    )


def test_the_same_sheet_gives_the_same_papers_whatever_kind_of_file() -> None:
    by_workbook = [*importer().papers(read(FIRST, SECOND).entries)]
    grids = spreadsheet.read(text([HEAD, FIRST, SECOND], ";").encode("utf-16"))
    by_text = [*importer().papers(importer().read(grids, TERMS).entries)]

    assert [(p.code, p.files) for p in by_workbook] == [(p.code, p.files) for p in by_text]


def test_a_mended_row_keeps_its_code_and_its_people_s_ids() -> None:
    (before,), (after,) = (
        read(FIRST).entries,
        read(row(before="Lá rụng thì đốt.", authors="Trần Thị Ví Dụ", shares="")).entries,
    )

    assert after.idea["code"] == before.idea["code"]
    assert after.people[0]["id"] == before.people[0]["id"]


def test_ids_of_people_tell_nothing_to_who_lacks_the_secret() -> None:
    (one,), (other,) = read(FIRST).entries, read(FIRST, by=importer(secret=b"other")).entries

    assert one.idea["code"] == other.idea["code"]
    assert {p["id"] for p in one.people}.isdisjoint(p["id"] for p in other.people)


def test_one_title_from_two_places_is_two_ideas() -> None:
    reading = read(FIRST, row(unit="xã Thống Nhất"), FIRST)

    assert len({entry.idea["code"] for entry in reading.entries}) == 3
    assert [f.code for f in reading.findings] == [Code.TITLE_TWICE] * 2
    assert reading.errors == []


def test_what_stands_in_the_register_is_not_entered_again(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content" / "register", tmp_path / "content" / "register")
    for part in ("schemas", ".github"):
        shutil.copytree(ROOT / part, tmp_path / part)
    by = importer(tmp_path)
    (first, _) = by.papers(read(FIRST, SECOND, by=by).entries)
    for path, written in first.texts.items():
        Store(tmp_path).write(path, written)

    again = read(FIRST, SECOND, by=by)

    assert [*again.known] == [first.code]
    assert [entry.idea["title"] for entry in again.entries] == [SECOND[1]]


def test_every_fault_is_told_at_once_and_at_its_cell() -> None:
    bad = row(
        title="Ngắn", kind="Khác", content="ND9", field="", unit="xã Không Đâu", authors="Trần Thị Ví Dụ\nLê Văn Thử",
        shares="60", before="Gọi 0912345678", day="7/2026",
    )  # fmt: skip

    assert faults(read(bad, SECOND)) == {
        ("B2", "E206"), ("C2", "E613"), ("D2", "E613"), ("E2", "E906"), ("F2", "E611"), ("H2", "E909"), ("I2", "E331"),
        ("M2", "E908"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "cell", "code"),
    [
        ({"unit": "Thống Nhất"}, None, None),
        ({"title": ""}, "B2", "E906"),
        ({"kind": "Sáng kiến, Ý tưởng mới"}, "C2", "E910"),
        ({"content": "4"}, "D2", "E616"),
        ({"day": "31/2/2026"}, "M2", "E619"),
        ({"day": "1/1/2030"}, "M2", "E619"),
        ({"day": "5/7/2024"}, "F2", "E915"),
        ({"shares": "60\n30"}, "G2", "E309"),
        ({"before": "Sinh ngày 5/3/1970, nay vẫn làm."}, "I2", "E334"),
    ],
)
def test_single_faults(changed: Mapping[str, object], cell: str | None, code: str | None) -> None:
    found = faults(read(row(**changed)))

    assert found == ({(cell, code)} if cell else set())


def test_a_cell_that_shows_a_formula_s_fault_is_no_text() -> None:
    grids = spreadsheet.read(text([HEAD, row(before="#REF!")]).encode())

    assert faults(importer().read(grids, TERMS)) == {("I2", "E907")}


def test_missing_and_doubled_columns_are_told_once() -> None:
    head = ("Tên ý", "Tác giả", "Đơn vị", "Đơn vị")
    reading = importer().read(spreadsheet.read(xlsx([head, ("Che mát vườn ươm", "Trần Thị Ví Dụ", "a", "b")])), TERMS)

    told_of = {f.params["label"] for f in reading.findings if f.code is Code.NO_COLUMN}
    assert told_of == {"Bây giờ", "Chi phí", "Cách làm", "Loại", "Lĩnh vực", "Nội dung phong trào", "Trước đây"}
    assert Code.COLUMN_TWICE in {f.code for f in reading.findings}


def test_a_column_may_be_filled_for_all_rows() -> None:
    rows = [HEAD[:4] + HEAD[5:], FIRST[:4] + FIRST[5:]]
    terms = replace(TERMS, fill={"field": "Nông nghiệp"})

    (entry,) = importer().read(spreadsheet.read(xlsx(rows)), terms).entries

    assert entry.idea["field"] == "nong-nghiep"
    assert importer().key_of("LINH VUC") == "field"


def test_columns_of_what_the_register_must_not_hold_are_never_read() -> None:
    reading = wide(
        **{"Số CCCD": "075123456789", "Ngày sinh": "1/1/1980", "Số điện thoại": "0912345678", "Dân tộc": "Kinh"}
    )
    (paper,) = importer().papers(reading.entries)
    said = " ".join(str(f.params) for f in reading.findings)

    assert [f.code for f in reading.findings] == [Code.COLUMN_DROPPED] * 4
    for secret in ("075123456789", "1980", "0912345678", "Kinh"):
        assert secret not in " ".join(paper.texts.values()) + said


def test_a_name_is_shown_only_with_a_signed_paper() -> None:
    signed = {"Cách hiện tên": "Đủ họ tên\nChữ cái đầu", "Ngày ký phiếu đồng ý": "1/7/2026\n2/7/2026"}

    assert {c for _, c in faults(wide(**signed))} == {"E911"}
    assert {c for _, c in faults(wide(**{"Cách hiện tên": "Đủ họ tên", "Nơi giữ phiếu": "Cặp 03"}))} == {"E911"}
    (entry,) = wide(**signed, **{"Nơi giữ phiếu": "Cặp 03, Mặt trận xã"}).entries
    assert [(p["display"], p["consents"]) for p in entry.people] == [
        (
            wish,
            [
                {
                    "form": "phieu-giay-2026-1",
                    "scope": [wish],
                    "date": day,
                    "how": "giay",
                    "kept_at": "Cặp 03, Mặt trận xã",
                }
            ],
        )
        for wish, day in (("full", "2026-07-01"), ("initials", "2026-07-02"))
    ]


def test_one_wish_is_the_first_author_s_alone() -> None:
    more = {"Cách hiện tên": "Đủ họ tên", "Ngày ký phiếu đồng ý": "1/7/2026", "Nơi giữ phiếu": "Cặp 03"}

    assert [p["display"] for p in wide(**more).entries[0].people] == ["full", "hidden"]


def test_a_minor_is_shown_only_with_the_guardian_s_word() -> None:
    more = {
        "Cách hiện tên": "Đủ họ tên", "Ngày ký phiếu đồng ý": "1/7/2026", "Nơi giữ phiếu": "Cặp 03",
        "Chưa đủ 18 tuổi": "Có",
    }  # fmt: skip
    assert {c for _, c in faults(wide(**more))} == {"E912"}

    reading = wide(**more, **{"Người giám hộ là": "mẹ", "Ngày người giám hộ ký": "2/7/2026"})

    assert reading.findings == ()
    assert reading.entries[0].people[0]["guardian"] == {"relation": "cha-me", "date": "2026-07-02", "how": "giay"}


def test_paper_is_named_as_the_door() -> None:
    (entry,) = wide(**{"Nơi giữ bản giấy": "Cặp 03/2026"}).entries

    assert entry.idea["source"] == {"door": "giay", "entered_by": "xa-gia-kiem-2025", "paper": "Cặp 03/2026"}


def test_what_is_held_back_is_entered_with_its_clearance_alone() -> None:
    cleared = {
        "Số văn bản cho phép": "15/CV",
        "Ngày văn bản cho phép": "1/7/2026",
        "Nơi cấp văn bản": "Ban Chỉ huy Quân sự",
    }
    head, of_army = (*HEAD, *cleared), (*row(content="4"), *cleared.values())

    (entry,) = importer().read(spreadsheet.read(xlsx([head, of_army])), TERMS).entries

    assert entry.findings == []
    assert entry.idea["clearance"] == {"number": "15/CV", "date": "2026-07-01", "issuer": "Ban Chỉ huy Quân sự"}
    assert {c for _, c in faults(importer().read(spreadsheet.read(xlsx([head[:-1], of_army[:-1]])), TERMS))} == {"E913"}


def test_a_unit_may_stand_in_the_line_above() -> None:
    rows = [HEAD, ("II", "XÃ GIA KIỆM"), row(unit=""), ("Nhóm vui vẻ",), row(SECOND, unit="xa gia kiem")]
    reading = importer().read(spreadsheet.read(xlsx(rows)), TERMS)

    assert [entry.idea["unit"] for entry in reading.entries] == ["xa-gia-kiem-2025"] * 2
    assert faults(reading) == {("A4", "H923")}


def test_likeness_is_a_hint_and_no_bar() -> None:
    passage = Passage(new="Lá được ủ với phân chuồng", old="Lá được ủ với phân chuồng và nấm")
    other = Nearest(code="2019-B8M4-R0XT", title="Một tên khác hẳn", status="cong-nhan", score=200, passages=(passage,))
    same = replace(other, title=str(FIRST[1]).upper())

    near, twin, none = (read(FIRST, by=importer(near=lambda _, o=o: o)) for o in ([other], [same], []))

    assert [f.code for f in near.findings] == [Code.NEAR_IDEA]
    assert [f.code for f in twin.findings] == [Code.TITLE_KNOWN]
    assert none.findings == ()
    assert not near.errors


def test_what_an_old_list_leaves_out_is_like_nothing() -> None:
    seen: list[Mapping[str, object]] = []
    rows = [("Tên ý", "Loại", "Nội dung", "Lĩnh vực", "Đơn vị", "Tác giả"), (*FIRST[1:6], "Trần Thị Ví Dụ")]
    old = replace(TERMS, old=True, received="2026-07-05")

    def near(idea: Mapping[str, object]) -> list[Nearest]:
        seen.append(idea)
        return []

    importer(near=near).read(spreadsheet.read(xlsx(rows)), old)

    assert [sorted({"title", "summary", "before", "after", "how_to"} & set(idea)) for idea in seen] == [["title"]]


def test_what_is_no_table_is_said() -> None:
    assert [f.code for f in importer().read(spreadsheet.read(b"a,b\r\n"), TERMS).findings] == [Code.NO_TABLE]


# A list decided before there was a register.

ROUND = {
    "version": 1, "sample": True, "id": "dot-2017", "name": "Đợt năm 2017", "unit": "huyen-thong-nhat-2003",
    "rubric": "2019-1", "council": "hd-thong-nhat-2019", "opens_on": "2017-01-01", "closes_on": "2017-10-31",
    "before_register": True, "ballots": "open", "publish": "on-decision",
}  # fmt: skip
DECISION = {
    "version": 1, "sample": True, "id": "qd-mau-2017-1", "kind": "cong-nhan", "number": "05/QĐ-MẪU",
    "date": "2017-12-20", "issuer": "huyen-thong-nhat-2003", "body": "Ban Thường trực (mẫu)",
    "signer": {"position": "Chủ tịch (mẫu)"}, "legal_bases": [], "council": "hd-thong-nhat-2019",
}  # fmt: skip
OLD = [
    ("STT", "Họ và tên tác giả", "Đơn vị", "Tên sáng kiến", "Năm"),
    ("1", "Trần Thị Ví Dụ, Lê Văn Thử Nghiệm", "xã Gia Kiệm", "Chòi canh chim bằng lon nước ngọt cũ", "2017"),
    ("2", "Hội Phụ nữ xã", "Gia Kiệm", "Sổ góp gạo nuôi heo đất của chị em", "2017"),
]


@pytest.fixture
def old_place(tmp_path: Path) -> Path:
    for part in ("content/register", "schemas", ".github", "ideas"):
        shutil.copytree(ROOT / part, tmp_path / part)
    Store(tmp_path).write("content/register/rounds/dot-2017.yml", yaml.safe_dump(ROUND, allow_unicode=True))
    return tmp_path


def read_old(root: Path, round_: Mapping[str, object] = ROUND) -> tuple[Importer, Reading, recognised.OldList]:
    by = importer(root)
    data = yaml.safe_dump(DECISION, allow_unicode=True).encode()
    old = recognised.open_list(data, "qd.yml", {"dot-2017": round_}, "dot-2017")
    terms = replace(TERMS, fill={"kind": "Cách làm mới", "content": "nd2", "field": "Nông nghiệp"})
    return by, by.read(spreadsheet.read(text(OLD).encode()), old.terms(terms)), old


def test_an_old_list_becomes_its_decision_with_a_conclusion_for_each_idea(old_place: Path) -> None:
    by, reading, old = read_old(old_place)
    store = Store(old_place)

    assert reading.errors == []
    assert [f.code for f in reading.findings] == [Code.SHARES_EVEN]
    assert list(recognised.faults(by, store, Pool(1), reading, old)) == []
    paper = recognised.paper(by, reading, old)
    assert (paper.kind, paper.branch) == ("import", "import/qd-mau-2017-1")
    for path, written in paper.texts.items():
        store.write(path, written)
    assert validate(store, Pool(1)).errors == []
    judged = verify(
        store, NoHistory(), Pool(1), [*{"/".join(p.split("/")[:4]) for p in paper.files if p.startswith("ideas/")}]
    )
    assert (judged.findings, judged.checked) == ((), 2)
    first = reading.entries[0].idea
    assert (first["unit"], first["submitted_on"], first["before"]) == (
        "xa-gia-kiem-2003",
        "2017-10-31",
        "(Danh sách cũ không ghi mục này.)",
    )


class NoHistory:
    def blob_id(self, text: str) -> str:
        return ""

    def blob(self, object_id: str) -> bytes | None:
        return None


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("conclusions", "concluded_on: 2017-12-20", "concluded_on: 2017-12-21", Code.SETTING_DIFFERS),
        ("conclusions", "outcome: cong-nhan", "outcome: bo-sung", Code.SETTING_DIFFERS),
        ("conclusions", "by_decision: qd-mau-2017-1", "by_decision: qd-mau-2018-1", Code.NOT_IN_DECISION),
        ("conclusions", "outcome: cong-nhan", "agree: 5\noutcome: cong-nhan", Code.OTHER_SHAPE),
        ("idea.yml", "Chòi canh chim", "Chòi đuổi chim", Code.SETTING_DIFFERS),
        ("rounds/dot-2017", "before_register: true\n", "", Code.NOT_BEFORE_REGISTER),
    ],
)
def test_a_forged_conclusion_by_decision_is_found(old_place: Path, file: str, old: str, new: str, code: Code) -> None:
    by, reading, list_ = read_old(old_place)
    store = Store(old_place)
    paper = recognised.paper(by, reading, list_)
    for path, written in paper.texts.items():
        store.write(path, written)
    code_of_first = reading.entries[0].idea["code"]
    folder = idea_code.folder(code_of_first)
    changed = next(
        path for path in [*paper.files, "content/register/rounds/dot-2017.yml"]
        if file in path and (path.startswith(folder) or "rounds" in path)
    )  # fmt: skip
    store.write(changed, store.text(changed).replace(old, new))

    assert code in {f.code for f in verify(store, NoHistory(), Pool(1), [folder]).findings}
    assert validate(store, Pool(1)).errors != []


def test_an_old_list_needs_a_round_of_that_time(old_place: Path) -> None:
    by, reading, old = read_old(old_place, {k: v for k, v in ROUND.items() if k != "before_register"})

    assert [f.code for f in recognised.faults(by, Store(old_place), Pool(1), reading, old)] == [Code.OLD_ROUND]
    for data, named in ((b"a", "dot-2017"), (yaml.safe_dump(DECISION).encode(), "dot-khac")):
        with pytest.raises(UsageError):
            recognised.open_list(data, "qd.yml", {"dot-2017": ROUND}, named)
