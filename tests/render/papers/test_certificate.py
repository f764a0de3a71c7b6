"""Certificates: what they say, of what none is made, and that both sheets and files can be read back."""

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import docx
import pytest
import zxingcpp
from PIL import Image

from places import ROOT, VALID
from sangkien.adapters import word
from sangkien.adapters.store import Store
from sangkien.adapters.workshop import Workshop
from sangkien.domain.books import Books, Dossier
from sangkien.domain.certificate_words import fitting
from sangkien.domain.errors import UsageError
from sangkien.domain.layout import TEMPLATES
from sangkien.domain.paper_source import Source
from sangkien.domain.records import Certificate, DecisionRecord
from sangkien.render.papers.certificate import DESIGNS
from sangkien.render.papers.frame import Wish
from sangkien.render.sheets import Sheet
from sangkien.workflow import paper as paper_step

IDEA, SITE = "2019-B8M4-R0XT", "https://vi-du.example/so/"
Change = Callable[[Any], Any]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small valid repository with schemas and templates; nobody here writes into it."""
    root = tmp_path_factory.mktemp("certificates")
    shutil.copytree(VALID, root, dirs_exist_ok=True)
    for folder in ("schemas", TEMPLATES):
        shutil.copytree(ROOT / folder, root / folder)
    return root


@pytest.fixture(scope="module")
def opened(root: Path) -> Source:
    return paper_step.source(Store(root), on="2026-11-21", site_url=SITE, with_names=False)


def changed(
    opened: Source,
    *,
    site: str = SITE,
    on: str = "",
    change: Change = lambda found: found,
    person: Change | None = None,
    **books: Any,
) -> Source:
    """Give the same register with other books; `change` rewrites what is found of the idea."""
    given = change(opened.find(IDEA))
    return Source(
        replace(opened.books, **books),
        lambda code: given if code == IDEA else opened.find(code),
        person or opened.person,
        opened.codes,
        on=on or opened.on,
        site=site,
    )


def sheet(papers: Source, *keys: str, design: str = "") -> tuple[str, Sheet]:
    [printed] = paper_step.sheets(papers, Wish(kind="giay-chung-nhan", keys=keys or (IDEA,), design=design))
    return printed


def test_certificate_of_an_idea_in_plain_values(opened: Source) -> None:
    name, made = sheet(opened)
    [page] = made.values["certificates"]

    assert name == "giay-chung-nhan-2019-b8m4-r0xt"
    assert made.secret
    assert {key: page[key] for key in page if key not in ("qr", "recipients", "digest")} == {
        "head": {
            "superior": "",
            "body": "Nơi thử",
            "office": "Nơi thử",
            "number": "Số:         /…………",
            "place_day": "Thử, ngày 01 tháng 7 năm 2019",
        },
        "sign": {"authority": "", "position": "Trưởng nơi thử", "name": ""},
        "heading": "Giấy ghi nhận",
        "phrase": "đã có ý được công nhận",
        "told": "Tưới nhỏ giọt bằng chai nhựa cũ",
        "unit": "Đơn vị: Xã Thử",
        "rating": "Xếp loại: Đạt",
        "decision": "Theo Quyết định số 1/QĐ-THỬ ngày 01 tháng 7 năm 2019",
        "decided_by": "của Nơi thử",
        "code": IDEA,
        "address": "vi-du.example/so/xac-minh/2019/b8m4r0xt",
        "sample": "",
        "design": DESIGNS[0],
        "names": ["Nguyễn Mẫu An", "T.T.M.E."],
    }
    assert made.findings == ()


def test_a_unit_that_is_the_author_is_named_once(opened: Source) -> None:
    record: Any = {"id": "p-1", "kind": "tap-the", "name": "Xã Thử", "display": "full", "consents": []}
    [page] = sheet(changed(opened, person=lambda _: record))[1].values["certificates"]

    assert (page["names"], page["unit"]) == (["Xã Thử", "Xã Thử"], "")


def test_certificate_of_a_commendation_and_of_all_a_decision_lists(opened: Source) -> None:
    [page] = sheet(opened, "bd-1")[1].values["certificates"]

    assert (page["code"], page["told"], page["phrase"]) == ("bd-1", "Có cách tưới hay.", "vì thành tích")
    assert (page["unit"], page["rating"]) == ("", "")
    assert page["address"] == "vi-du.example/so/xac-minh/bieu-duong/bd-1"
    assert [sheet(opened, *keys)[0] for keys in (("qd-1",), ("qd-2",), ("qd-1", "bd-1"))] == [
        "giay-chung-nhan-qd-1",
        "giay-chung-nhan-qd-2",
        "giay-chung-nhan-2019-b8m4-r0xt-va-1-giay-khac",
    ]


def test_certificate_without_a_site_has_neither_code_nor_address(opened: Source) -> None:
    [page] = sheet(changed(opened, site=""))[1].values["certificates"]

    assert (page["qr"], page["address"]) == ("", "")


def test_no_certificate_of_what_is_undecided_or_taken_back(opened: Source) -> None:
    book: Any = opened.books.decisions
    taking = {**book["qd-1"], "id": "qd-9", "kind": "thu-hoi", "date": "2020-01-01"}
    revoked = changed(opened, decisions={**book, "qd-9": {**taking, "codes": [IDEA]}})
    award_revoked = changed(opened, decisions={**book, "qd-9": {**taking, "codes": [], "commendations": ["bd-1"]}})
    told = []
    for papers, key in (
        (changed(opened, decisions={}), IDEA),
        (changed(opened, on="2019-06-30"), IDEA),  # the day before it was decided
        (revoked, IDEA),
        (revoked, "qd-1"),
        (revoked, "bd-1"),  # for this idea alone
        (award_revoked, "bd-1"),
        (revoked, "qd-9"),
    ):
        with pytest.raises(UsageError) as raised:
            sheet(papers, key)
        told.append(raised.value.key)

    assert told == [
        "certificate-undecided",
        "certificate-undecided",
        "certificate-revoked",
        "certificate-none",
        "certificate-revoked",
        "certificate-revoked",
        "certificate-decision",
    ]


def test_an_idea_of_before_the_register_and_one_applied_later(opened: Source) -> None:
    """It was recognised without a count; and what nobody applied by that day was no initiative yet."""

    def change(dossier: Dossier) -> Dossier:
        [own] = dossier.conclusions
        kept = ("code", "council", "number", "round", "concluded_on", "outcome", "scored_digest", "digest")
        old: Any = {"by_decision": "qd-1", **{key: value for key, value in own.items() if key in kept}}
        begun: Any = tuple({**one, "since": since} for one in dossier.applications)
        return replace(
            dossier,
            idea=cast("Any", {**cast("Any", dossier.idea), "kind": "sang-kien", "applied": False}),
            conclusions=(old,),
            applications=begun,
        )

    pages = {}
    for since in ("2019-07-01", "2019-07-02"):
        lists: Any = {**cast("Any", opened.books.lists), "certificates": WORDS}
        [pages[since]] = sheet(changed(opened, change=change, lists=lists))[1].values["certificates"]

    assert [page["heading"] for page in pages.values()] == [WORDS[0]["heading"], "Giấy ghi nhận"]
    assert {page["rating"] for page in pages.values()} == {""}


def test_an_unknown_design_is_told_with_all_there_are(opened: Source) -> None:
    with pytest.raises(UsageError) as raised:
        sheet(opened, design="vang-son")

    assert raised.value.params == {"value": "vang-son", "designs": ", ".join(DESIGNS)}


WORDS: list[Certificate] = [
    {"id": "1", "heading": "Giấy chứng nhận SÁNG-\u200bKIẾN", "from": "2018-01-01"},  # of anything, as it stands
    {"id": "2", "heading": "Giấy của huyện", "levels": ["huyen"], "from": "2018-01-01"},
    {"id": "3", "heading": "Giấy khen", "awards": ["giay-khen"], "from": "2018-01-01"},
    {"id": "4", "heading": "Giấy cũ", "from": "2018-01-01", "to": "2018-12-31"},
    {"id": "5", "heading": "Giấy ghi nhận ý tưởng", "kinds": ["y-tuong-moi"], "from": "2018-01-01"},
]


@pytest.mark.parametrize(
    ("nature", "issuer", "day", "expected"),
    [
        (("sang-kien", True), "xa", "2019-07-01", "1"),
        (("sang-kien", False), "xa", "2019-07-01", None),
        (("cach-lam-moi", True), "xa", "2019-07-01", None),
        (("y-tuong-moi", True), "xa", "2019-07-01", "5"),
        (("y-tuong-moi", False), "huyen", "2019-07-01", "2"),
        (("cach-lam-moi", True), "xa", "2018-07-01", "4"),
        (("cach-lam-moi", True), "xa", "2017-07-01", None),
    ],
)
def test_words_of_initiatives_are_borne_by_applied_initiatives_alone(
    nature: tuple[str, bool], issuer: str, day: str, expected: str | None
) -> None:
    books = Books(lists=cast("Any", {"certificates": WORDS}), units=cast("Any", {issuer: {"level": issuer}}))
    found = fitting(books, cast("DecisionRecord", {"issuer": issuer, "date": day}), [nature])

    assert (found["id"] if found else None) == expected


def test_words_of_an_award_are_those_that_name_it() -> None:
    books = Books(lists=cast("Any", {"certificates": WORDS}))
    signed = cast("DecisionRecord", {"issuer": "xa", "date": "2019-07-01"})

    assert [fitting(books, signed, [], award=award) for award in ("giay-khen", "bang-khen")] == [WORDS[2], None]


@pytest.mark.parametrize("design", DESIGNS)
def test_a_printed_certificate_can_be_read(design: str, opened: Source, root: Path) -> None:
    """The longest title and many authors stand on one page, and its code leads to where it is checked."""
    title = ("Ủy ban xã nêu Ưu điểm của cách tưới nhỏ giọt bằng chai nhựa cũ " * 5)[:250].rstrip()

    def change(dossier: Dossier) -> Dossier:
        idea: Any = {**cast("Any", dossier.idea), "title": title}
        idea["authors"] = [{"person": "p-0a1b2c3d", "share": 12}] * 4 + [{"person": "p-unknown", "share": 12}] * 4
        return replace(dossier, idea=idea)

    _, made = sheet(changed(opened, change=change), IDEA, "bd-1", design=design)
    press = Workshop(root).press
    one = replace(made, values={**made.values, "certificates": made.values["certificates"][:1]})
    [(_, picture)] = press.print([("x", replace(one, form="png", ppi=110))])
    [(_, pdf)] = press.print([("x", made)])
    [(_, again)] = press.print([("x", made)])

    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert code.text == f"{SITE}xac-minh/2019/b8m4r0xt/"
    assert pdf == again
    assert not (root / ".cache").exists()
    if reader := shutil.which("pdftotext"):
        text = subprocess.run((reader, "-", "-"), input=pdf, capture_output=True, check=True).stdout.decode()
        assert text.count("\f") == 2
        assert title in " ".join(text.split())


def test_a_certificate_for_word_says_the_same(opened: Source, root: Path) -> None:
    [page] = sheet(opened)[1].values["certificates"]
    [made] = paper_step.papers(opened, Wish(kind="giay-chung-nhan", keys=(IDEA,)))
    template = root / paper_step.template(Store(root), made)
    filled = word.fill(template, made.values)
    paper = docx.Document(io.BytesIO(filled))
    lines = [p.text for p in paper.paragraphs] + [
        p.text for table in paper.tables for cell in table.rows[0].cells for p in cell.paragraphs
    ]

    assert made.name == "giay-chung-nhan-2019-b8m4-r0xt"
    assert filled == word.fill(template, made.values)
    assert lines == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "",
        "NƠI THỬ",
        "GIẤY GHI NHẬN",
        "Trao cho",
        "Nguyễn Mẫu An",
        "T.T.M.E.",
        "Đơn vị: Xã Thử",
        "đã có ý được công nhận",
        "“Tưới nhỏ giọt bằng chai nhựa cũ”",
        "Xếp loại: Đạt",
        "Theo Quyết định số 1/QĐ-THỬ ngày 01 tháng 7 năm 2019 của Nơi thử",
        "",
        f"Mã số: {IDEA}",
        f"Dấu số: {page['digest']}",
        "Kiểm tra giấy này tại: vi-du.example/so/xac-minh/2019/b8m4r0xt",
        "Thử, ngày 01 tháng 7 năm 2019",
        "TRƯỞNG NƠI THỬ",
        *(" ",) * 4,
        "",
    ]
    [drawing] = (part.blob for part in paper.part.related_parts.values() if part.content_type == "image/png")
    shown = Image.open(io.BytesIO(drawing))
    [code] = zxingcpp.read_barcodes(shown)
    assert code.text == f"{SITE}xac-minh/2019/b8m4r0xt/"
