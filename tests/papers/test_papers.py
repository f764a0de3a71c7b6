"""Every kind of paper as an office meets it: made by the command, opened by LibreOffice, held against the records."""

import io
import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from docx import Document
from openxml_audit import OpenXmlValidator

from papers import Ledger
from places import ROOT
from sangkien.adapters import office_suite, word
from sangkien.cli import main
from sangkien.domain.layout import TEMPLATES
from sangkien.render.papers.catalogue import KINDS

pytestmark = [
    pytest.mark.papers,
    pytest.mark.skipif(
        office_suite.program() is None and os.environ.get("SANGKIEN_OFFICE") != "required",
        reason="LibreOffice is not here",
    ),
]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DAY, UNIT = "2019-12-30", "huyen-thong-nhat-2003"
# Every kind with what it is made of here: filled, and empty where it can be.
ORDERS: tuple[tuple[str, ...], ...] = (
    ("phieu-cham-diem", "phien-2019-1"),
    ("phieu-cham-diem", "2019-8VMV-M3ET", "--seat", "ghe-1"),
    ("bang-tong-hop-diem", "phien-2018-1", "phien-2019-1"),
    ("bien-ban-hop", "phien-2018-1", "phien-2019-1"),
    ("bien-ban-kiem-phieu", "phien-2018-1", "phien-2019-1"),
    ("giay-moi", "phien-2019-1", "hd-thong-nhat-2019"),
    ("quyet-dinh", "qd-mau-2018-1", "qd-mau-2019-1", "qd-mau-2019-2", "qd-mau-2020-2"),
    ("to-trinh", "phien-2019-1"),
    ("de-nghi-cap-tren", "dn-mau-2019-1", "dn-mau-2020-1"),
    ("quyet-dinh-thu-hoi", "qd-mau-2020-1", "qd-mau-2020-4"),
    ("bao-cao", UNIT, "2019-H1"),
    ("bao-cao", UNIT, "2019"),
    ("bao-cao-nam-nam", UNIT, "2015..2019"),
    ("giay-chung-nhan", "2019-8VMV-M3ET", "--docx"),
    ("giay-bien-nhan", "2019-8VMV-M3ET"),
    ("thong-bao-bo-sung", "2019-8VMV-M3ET"),
    ("don-de-nghi",),
    ("don-de-nghi", "2019-8VMV-M3ET"),
    ("ban-mo-ta",),
    ("ban-mo-ta", "2019-8VMV-M3ET"),
    ("phieu-dong-y",),
    ("phieu-dong-y-tre-em",),
    ("giay-xac-nhan-ap-dung",),
    ("giay-xac-nhan-ap-dung", "2018-ZGNS-08CZ"),
    ("de-xuat-khoa-hoc", "dx-mau-2019-1"),
    ("bien-ban-kiem-tra", "kt-mau-2019-1"),
    ("bien-ban-kiem-tra", UNIT),
    ("ke-hoach", "ke-hoach-2019-huyen-thong-nhat"),
)


@dataclass(frozen=True)
class Made:
    """A paper as Word has it, and as LibreOffice prints it."""

    docx: bytes
    pdf: bytes

    @cached_property
    def pages(self) -> list[str]:
        return pages(self.pdf)

    @cached_property
    def words(self) -> str:
        return " ".join(" ".join(self.pages).split())

    @cached_property
    def rows(self) -> list[list[str]]:
        """Every row of every table, as the words of its cells."""
        tables = Document(io.BytesIO(self.docx)).tables
        return [[cell.text for cell in row.cells] for table in tables for row in table.rows]

    def row(self, code: str) -> list[str]:
        return next(cells for cells in self.rows if code in " ".join(cells))


def pages(pdf: bytes) -> list[str]:
    """Give the words of each page, as they are copied out of it."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def run(root: Path, out: Path, *order: str) -> dict[str, bytes]:
    """Make papers by the command; gives the files it wrote, by name."""
    before = {path: path.stat().st_mtime_ns for path in out.glob("*")}
    done = CliRunner().invoke(main, ["--root", str(root), "paper", *order, "--on", DAY, "--out", str(out)])
    assert done.exit_code == 0, (order, done.output)
    return {path.name: path.read_bytes() for path in sorted(out.glob("*")) if path not in before}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Made]:
    """Make every paper once; LibreOffice starts once for all of them."""
    place = tmp_path_factory.mktemp("papers")
    files: dict[str, bytes] = {}
    for number, order in enumerate(ORDERS):
        out = place / str(number)
        out.mkdir()
        files |= {f"{number:02}-{name.removesuffix('.docx')}": data for name, data in run(ROOT, out, *order).items()}
    printed = office_suite.as_pdf(files)
    return {name[3:]: Made(files[name], printed[name]) for name in files}


def of(made: Mapping[str, Made], kind: str) -> list[Made]:
    return [one for name, one in made.items() if re.match(rf"{kind}(?![a-z-]*[a-z])|{kind}-", name)]


def test_every_kind_is_made_here(made: Mapping[str, Made]) -> None:
    wanted = {order[0] for order in ORDERS}

    assert wanted == {kind.name for kind in KINDS.values() if kind.makes}
    assert len(made) >= len(ORDERS)


def test_every_paper_opens_in_word(made: Mapping[str, Made], tmp_path: Path) -> None:
    faults = {name: found for name, one in made.items() if (found := faults_of(one.docx, tmp_path))}

    assert faults == {}


def test_words_survive_the_printer(made: Mapping[str, Made]) -> None:
    for name, one in made.items():
        assert unicodedata.is_normalized("NFC", one.words), name
        assert not re.search(r"\{[{%#]|[}%]\}|\bNone\b|\bundefined\b", one.words), name
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in made["quyet-dinh-qd-mau-2019-1"].words
    assert "ỦY BAN MẶT TRẬN TỔ QUỐC" in made["quyet-dinh-qd-mau-2019-1"].words
    assert "Ủy ban" in made["ke-hoach-2019-huyen-thong-nhat"].words
    assert any("Ưu điểm" in one.words for one in of(made, "bao-cao"))


def test_nobody_is_named_who_did_not_agree(made: Mapping[str, Made]) -> None:
    ledger = Ledger(ROOT)

    for name, one in made.items():
        assert not {secret for secret in ledger.secret_names() if secret in one.words}, name


def test_a_decision_lists_what_the_register_does(made: Mapping[str, Made]) -> None:
    ledger = Ledger(ROOT)

    for key, decision in ledger.shelf("decisions").items():
        if decision["kind"] != "cong-nhan":
            continue
        paper = made[f"quyet-dinh-{key}"]
        assert decision["number"] in paper.words
        codes = [cells[1] for cells in paper.rows if len(cells) > 4 and re.fullmatch(r"\d{4}-\w{4}-\w{4}", cells[1])]
        assert codes == decision["codes"]
        for row in ledger.decided(decision):
            told = " | ".join(paper.row(row.code))
            wanted = [row.title, row.unit, row.kind, row.rating, *(name or "không công khai tên" for name in row.names)]
            assert [word for word in wanted if word.lower() not in told.lower()] == []


def test_a_session_counts_what_the_register_does(made: Mapping[str, Made]) -> None:
    ledger = Ledger(ROOT)

    for key in ("phien-2018-1", "phien-2019-1"):
        paper = made[f"bang-tong-hop-diem-{key}"]
        counted = list(ledger.sat(ledger.shelf("sessions")[key]))
        assert counted
        for idea in counted:
            cells = paper.row(idea.code)
            assert [mean for mean in (*idea.means, idea.total) if mean not in cells] == []
            assert f"{idea.agree}/{idea.valid}" in cells


def test_a_template_an_office_changed_still_works(made: Mapping[str, Made], tmp_path: Path) -> None:
    # LibreOffice reads every template and writes it anew in its own way, as it does when somebody saves it.
    root = office(tmp_path)
    names = sorted(path.stem for path in (ROOT / TEMPLATES).glob("*.docx"))
    ours = {name: (ROOT / TEMPLATES / f"{name}.docx").read_bytes() for name in names}
    saved = office_suite.converted(ours, "docx")
    assert saved != ours
    for name, data in saved.items():
        (root / TEMPLATES / f"{name}.docx").write_bytes(data)
    out = tmp_path / "out"
    out.mkdir()

    for order in ORDERS:
        for name, data in run(root, out, *order).items():
            assert said(data) == said(made[name.removesuffix(".docx")].docx), name
            assert faults_of(data, tmp_path) == [], name


def test_an_office_adds_its_own_words(tmp_path: Path) -> None:
    template = Document(str(ROOT / TEMPLATES / "giay-bien-nhan.docx"))
    template.add_paragraph("Giờ làm việc của văn phòng: buổi sáng. Mã của ý: {{ code }}.")
    template.save(str(tmp_path / "own.docx"))

    filled = word.fill(tmp_path / "own.docx", {"code": "2019-8VMV-M3ET", "head": {}, "sign": {}})

    assert "buổisáng.Mãcủaý:2019-8VMV-M3ET." in said(filled)


def test_a_long_list_breaks_well(tmp_path: Path) -> None:
    root = office(tmp_path)
    decisions = Ledger(ROOT).shelf("decisions")
    more = [code for key in ("qd-mau-2018-1", "qd-mau-2019-2") for code in decisions[key]["codes"]]
    path = root / "content/register/decisions/qd-mau-2019-1.yml"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"  - {code}\n" for code in more), encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()

    paper = run(root, out, "quyet-dinh", "qd-mau-2019-1")["quyet-dinh-qd-mau-2019-1.docx"]
    printed = [" ".join(page.split()) for page in pages(office_suite.as_pdf({"long": paper})["long"])]

    listed = [page for page in printed if re.search(r"\b\d{4}-\w{4}-\w{4}\b", page)]
    assert len(listed) > 1
    assert all("STT" in page for page in listed)
    for row in Ledger(ROOT).decided(decisions["qd-mau-2019-1"] | {"codes": more}):
        (page,) = (page for page in listed if row.code in page)
        assert row.title in page, "a row is cut in two"


def office(place: Path) -> Path:
    """Give a copy of the registers, the ideas and the templates, to be changed."""
    root = place / "office"
    for area in ("content/register", "ideas", "schemas"):
        shutil.copytree(ROOT / area, root / area)
    return root


def said(docx: bytes) -> str:
    """Give all the letters of a Word file, of its paragraphs and of its tables; programs space them differently."""
    body = Document(io.BytesIO(docx)).element.body
    return "".join("".join(piece.text or "" for piece in body.iter(f"{{{W}}}t")).split())


def faults_of(docx: bytes, place: Path) -> list[str]:
    """Ask a validator of Word files what is wrong with one."""
    path = place / "paper.docx"
    path.write_bytes(docx)
    return [error.description for error in OpenXmlValidator().validate(path).errors]
