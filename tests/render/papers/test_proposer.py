"""Papers between proposers and the office, as they are read; `SANGKIEN_GOLDEN=write` writes their texts anew."""

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.table import Table

from places import ROOT, VALID
from sangkien.adapters.store import Store
from sangkien.adapters.word import fill
from sangkien.domain.errors import UsageError
from sangkien.domain.paper_source import Source
from sangkien.domain.schema import SchemaSet
from sangkien.render.papers.frame import DOTS, LINE, Paper, Wish, words
from sangkien.workflow import paper

GOLDEN = Path(__file__).parent / "golden"
IDEA, MINOR = "2019-B8M4-R0XT", "p-4e5f6g7h"
FOLDER = "ideas/2019/b8/b8m4r0xt"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """Open the small repository once, for what changes nothing in it."""
    root = tmp_path_factory.mktemp("papers")
    shutil.copytree(VALID, root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "schemas", root / "schemas")
    return opened(root)


def opened(root: Path, on: str = "2019-11-20", *, with_names: bool = False) -> Source:
    return paper.source(Store(root), on=on, site_url="https://thu.example/", with_names=with_names)


def made(source: Source, kind: str, *keys: str) -> list[Paper]:
    return list(paper.papers(source, Wish(kind=kind, keys=keys)))


def values(source: Source, kind: str, *keys: str) -> Any:
    return made(source, kind, *keys)[0].values


def change(root: Path, old: str, new: str, file: str = f"{FOLDER}/idea.yml") -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def filled(one: Paper) -> bytes:
    return fill(ROOT / paper.template(Store(ROOT), one), one.values)


def read(data: bytes) -> str:
    return "\n".join(_lines(Document(io.BytesIO(data)).iter_inner_content())) + "\n"


def _lines(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if not isinstance(block, Table):
            yield block.text.strip()
        elif block.style and block.style.name == "Table Grid":
            yield from (" | ".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            yield from (line for cell in block.rows[0].cells for line in _lines(cell.iter_inner_content()))


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("giay-bien-nhan", IDEA),
        ("thong-bao-bo-sung", IDEA),
        ("don-de-nghi", IDEA),
        ("don-de-nghi", ""),
        ("ban-mo-ta", IDEA),
        ("ban-mo-ta", ""),
        ("phieu-dong-y", ""),
        ("phieu-dong-y-tre-em", MINOR),
        ("giay-xac-nhan-ap-dung", f"{IDEA}/2"),
        ("giay-xac-nhan-ap-dung", ""),
        ("de-xuat-khoa-hoc", "dx-1"),
    ],
)
def test_what_is_read(source: Source, kind: str, key: str) -> None:
    [one] = made(source, kind, *filter(None, [key]))
    data = filled(one)
    golden = GOLDEN / f"{one.name}.txt"
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        golden.write_text(read(data), encoding="utf-8")
    assert read(data) == golden.read_text(encoding="utf-8")
    assert filled(one) == data


def test_people_are_named_as_far_as_they_wish(repository: Path) -> None:
    change(repository, "display: full", "display: hidden", "content/register/people/0a/p-0a1b2c3d.yml")
    source, asked = opened(repository), opened(repository, with_names=True)
    assert [row["name"] for row in values(source, "don-de-nghi", IDEA)["authors"]] == [DOTS, DOTS]
    assert values(source, "giay-bien-nhan", IDEA)["authors"] == "Tác giả không công khai tên; T.T.M.E."
    assert values(source, "phieu-dong-y", "p-0a1b2c3d")["name"] == LINE
    assert [row["name"] for row in values(asked, "don-de-nghi", IDEA)["authors"]] == [
        "Nguyễn Mẫu An",
        "Trần Thị Mẫu Em",
    ]
    assert values(asked, "giay-bien-nhan", IDEA)["authors"] == "Nguyễn Mẫu An; Trần Thị Mẫu Em"
    assert [one.code.value for one in made(source, "ban-mo-ta", IDEA)[0].findings] == ["H978"]


def test_what_people_wrote_stays_text(repository: Path) -> None:
    change(repository, "Tưới nhỏ giọt bằng chai nhựa cũ", "Tưới <b>{{ 7*7 }}</b> & {% raw %} chai nhựa")
    source = opened(repository)
    for kind in ("giay-bien-nhan", "giay-xac-nhan-ap-dung"):
        assert "Tưới <b>{{ 7*7 }}</b> & {% raw %} chai nhựa" in read(filled(made(source, kind, IDEA)[0]))


def test_the_receipt_tells_what_came_in(repository: Path) -> None:
    change(repository, "content: nd2", "content: nd4")
    told = {row["part"]: row["state"] for row in values(opened(repository), "giay-bien-nhan", IDEA)["parts"]}
    assert told == {
        "Lời kể": "Có: trước đây ra sao, cách làm, kết quả",
        "Lời nói thêm về từng tiêu chí": "Có: Tính mới, Tính kinh tế",
        "Số đo trước và sau": "Chưa có",
        "Chi phí để nơi khác làm theo": "0 đồng",
        "Ảnh": "Chưa có",
        "Việc áp dụng": "Đã áp dụng, theo lời người nộp",
        "Văn bản cho phép công bố": "Chưa có",
    }


def test_a_notice_lists_what_is_at_fault(source: Source, repository: Path) -> None:
    assert values(source, "thong-bao-bo-sung", IDEA)["faults"] == []
    change(repository, "share: 60", "share: 50")
    change(repository, "  tinh-moi: Trong xã chưa ai làm.\n", "")
    told = values(opened(repository), "thong-bao-bo-sung", IDEA)
    faults = [one["sentence"] for one in told["faults"]]
    assert "Phần đóng góp của các tác giả cộng lại được 90, chưa phải 100." in faults
    assert "Chưa có lời nói thêm về các tiêu chí: Tính mới." in [one["sentence"] for one in told["hints"]]


def test_a_notice_reaches_who_left_out_a_part(repository: Path) -> None:
    change(repository, "summary: Treo chai nhựa cũ đục lỗ bên gốc để nước thấm từ từ.\n", "")
    told = values(opened(repository), "thong-bao-bo-sung", IDEA)
    assert [one["sentence"] for one in told["faults"]] == ["Còn thiếu mục “summary” (Tóm tắt)."]
    assert (told["title"], told["received"]) == (DOTS, "ngày ……… tháng ……… năm 2019")


def test_the_first_day_of_use_is_on_record_or_blank(repository: Path) -> None:
    assert values(opened(repository), "don-de-nghi", IDEA)["first_applied"] == "ngày 01 tháng 02 năm 2019"
    change(repository, "since: 2019-02-01", "since: 2019-04-01", f"{FOLDER}/applications/1.yml")
    assert values(opened(repository), "don-de-nghi", IDEA)["first_applied"] == "ngày ……… tháng ……… năm ………"
    change(repository, "applied: true", "applied: false")
    assert values(opened(repository), "don-de-nghi", IDEA)["first_applied"] == "ngày 01 tháng 4 năm 2019"


def test_a_place_confirms_what_was_known_by_its_day(repository: Path) -> None:
    later = opened(repository, on="2020-09-01")
    assert [one.name[-1] for one in made(later, "giay-xac-nhan-ap-dung", IDEA)] == ["1", "2"]
    assert values(later, "giay-xac-nhan-ap-dung", f"{IDEA}/2")["still"] == ""  # signed on 2019-09-01
    signed = "confirmation:\n  by_unit: xa-thu-2010\n  kept_at: Cặp 02/2019\n"
    change(repository, signed, "", f"{FOLDER}/applications/2.yml")
    told = values(opened(repository, on="2020-09-01"), "giay-xac-nhan-ap-dung", f"{IDEA}/2")
    assert (told["still"], told["head"]["number"]) == ("Làm rộng hơn (ngày 01/8/2020)", "Số:         /GXN")


def test_a_proposal_is_drafted_of_an_idea_alone(source: Source) -> None:
    [one] = made(source, "st-proposal", IDEA)
    assert (one.values["to"], one.values["topic"], one.values["reason"]) == (DOTS, [], [])


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("receipt", ""), ("incomplete-notice", ""), ("st-proposal", ""), ("receipt", "2019-7K3Q-F2TY"),
        ("incomplete-notice", "2019-7K3Q-F2TY"), ("incomplete-notice", "x"), ("consent-adult", "p-00000000"),
        ("application-confirmation", f"{IDEA}/9"),
    ],
)  # fmt: skip
def test_nothing_is_made_of_what_is_not_there(source: Source, kind: str, key: str) -> None:
    with pytest.raises(UsageError):
        made(source, kind, *filter(None, [key]))


def test_each_choice_of_the_schemas_has_its_words(schemas: SchemaSet) -> None:
    scopes = schemas.choices(schemas.at("person", ("consents", 0, "scope", 0)))
    assert set(words()["consent"]["scopes"]) == set(scopes)
    assert set(words()["receipt"]["doors"]) == set(schemas.choices(schemas.at("idea", ("source", "door"))))


def test_nothing_is_ticked_beforehand() -> None:
    names = ("phieu-dong-y", f"phieu-dong-y-tre-em-{MINOR}")
    texts = [(GOLDEN / f"{name}.txt").read_text(encoding="utf-8") for name in names]
    assert [text.count("☐") for text in texts] == [8, 18]
    assert not any(mark in text for text in texts for mark in "☑☒✓✔")
