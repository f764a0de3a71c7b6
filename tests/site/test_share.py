"""What helps to spread the word: words, bulletins, cards and posters, each from public records alone."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser
from site_browser import NEEDS_BROWSER, served
from site_world import DRIP, SOAP, small_world

from sangkien.adapters.darkroom import Darkroom
from sangkien.adapters.press import Press
from sangkien.domain import idea_code
from sangkien.domain.chronicle import by_month
from sangkien.domain.errors import OutsideError
from sangkien.render.pictures import Picture
from sangkien.render.share import FOLDER, congratulation, seconds, spoken_bulletin
from sangkien.render.sheets import Sheet, card_address, sheets
from sangkien.render.wording import Wording

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site
URL = "https://vi-du.example/"


def wording(**fields: Any) -> Wording:
    world = small_world()
    if fields:
        world.records[f"{idea_code.folder(DRIP)}/idea.yml"].update(fields)
        world.conclude(DRIP)
    return Wording(world.register(), {})


def test_words_to_send_name_the_makers_and_lead_to_the_idea() -> None:
    words = wording()
    text = congratulation(words.shared[DRIP], words, URL)

    assert text.startswith("Xin chúc mừng ")
    assert text.endswith(f"Xem cách làm: {URL}{words.shared[DRIP].address}")
    assert "http" not in congratulation(words.shared[DRIP], words, "")


def test_words_thank_who_is_not_named_without_naming() -> None:
    world = small_world()
    world.person("p-0a1b2c3d", "Lê Thị Mẫu Kín", display="hidden")
    idea: Any = world.records[f"{idea_code.folder(DRIP)}/idea.yml"]
    idea["authors"] = [{"person": "p-0a1b2c3d", "share": 100}]
    world.conclude(DRIP)
    words = Wording(world.register(), {})
    told = congratulation(words.shared[DRIP], words, URL) + " ".join(spoken_bulletin(words.shared[DRIP], words, "Bảng"))

    assert "Mẫu Kín" not in told
    assert "Xin chúc mừng tác giả, " in told
    assert "một tác giả xin không nêu tên" in told


def test_a_bulletin_takes_a_minute_however_long_the_summary() -> None:
    for summary in ("Ngắn gọn, dễ làm, ai cũng làm theo được.", "Mỗi sáng tưới 12,5 lít nước cho từng gốc. " * 20):
        words = wording(summary=summary.strip())
        bulletin = spoken_bulletin(words.shared[DRIP], words, "Bảng vàng")

        assert 25 <= seconds(bulletin) <= 60
        assert not re.search(r"\d", " ".join(bulletin))
        assert spoken_bulletin(words.shared[DRIP], words, "Bảng vàng")[1].startswith(
            "Ngắn gọn" if "Ngắn" in summary else "Mỗi sáng tưới mười hai phẩy năm lít nước"
        )


def test_each_month_of_a_unit_has_its_ideas_and_only_the_newest_are_kept() -> None:
    units = wording().register.units.values()
    every = by_month(units, 10_000)
    counted = sorted((month for months in every.values() for month in months), reverse=True)

    assert {unit: len({i.code for ideas in months.values() for i in ideas}) for unit, months in every.items()} == {
        unit.record["id"]: len({i.code for i in (*unit.ideas, *unit.below)})
        for unit in units
        if unit.ideas or unit.below
    }
    assert sorted((m for months in by_month(units, 2).values() for m in months), reverse=True) == counted[:2]


def printed(tmp_path: Path, **values: Any) -> bytes:
    words = wording()
    _, sheet = next(
        s for s in sheets(words, "Bảng vàng", URL) if s[0] == card_address(words.shared[DRIP], words, tall=False)
    )
    sheet = Sheet(template=sheet.template, form=sheet.form, values={**sheet.values, **values})
    ((_, data),) = Press(tmp_path, Darkroom(tmp_path)).print([("the", sheet)])
    return data


def test_a_card_is_printed_once_and_is_the_same_every_time(tmp_path: Path) -> None:
    first = printed(tmp_path / "a")

    assert Image.open(io.BytesIO(first)).size == (1200, 630)
    assert printed(tmp_path / "b") == first
    (kept,) = (tmp_path / "a" / ".cache" / "press").iterdir()
    kept.write_bytes(b"kept")
    assert printed(tmp_path / "a") == b"kept"


def test_the_letters_of_a_card_are_really_there(tmp_path: Path) -> None:
    """Letters Typst cannot find would be left out without a word."""
    blank = printed(tmp_path, title=" ")
    shown = {title: printed(tmp_path, title=title) for title in ("Ă", "Ằ", "đ", "ữ", "₫", "“”", "#x $y *z*")}

    assert len({blank, *shown.values()}) == len(shown) + 1


def test_a_sheet_that_cannot_be_set_is_a_fault_of_the_press(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="typst"):
        printed(tmp_path, title=None, figures="x")


def test_a_photograph_stands_on_the_card_and_carries_no_metadata(tmp_path: Path) -> None:
    world = small_world()
    root = world.write(tmp_path / "world")
    picture = Picture(address="x/sau.webp", width=1200, height=750)
    words = Wording(world.register(), {(SOAP, "sau.jpg"): picture, (SOAP, "truoc.jpg"): picture})
    (card,) = [s for s in sheets(words, "Bảng", "") if s[0] == card_address(words.shared[SOAP], words, tall=True)]
    ((path, data),) = Press(root, Darkroom(root)).print([card])

    assert path.endswith("anh-dung.jpg")
    assert card[1].photo.endswith("/images/sau.jpg")
    assert Image.open(io.BytesIO(data)).size == (720, 1280)
    assert b"SECRET" not in data
    top = Image.open(io.BytesIO(data)).convert("RGB").crop((0, 0, 720, 260)).getcolors(1_000_000) or []
    assert max(top)[1] != (124, 46, 24)  # the ground a drawing would stand on


def test_posters_are_pdf_of_one_page(sites: dict[str, Path]) -> None:
    posters = list((sites["real"] / "don-vi").glob("*/ap-phich/*.pdf"))

    assert posters
    for poster in posters:
        data = poster.read_bytes()
        assert data.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1, poster


def test_sheets_show_what_is_public_alone() -> None:
    world = small_world()
    world.person("p-0a1b2c3d", "Lê Thị Mẫu Kín", display="initials")
    told = json.dumps([s.values for _, s in sheets(Wording(world.register(), {}), "Bảng", URL)], ensure_ascii=False)

    assert "Mẫu Kín" not in told
    assert "L.T.M.K." in told


@NEEDS_BROWSER[0]
@NEEDS_BROWSER[1]
def test_words_are_copied_with_one_touch(browser: Browser, sites: dict[str, Path]) -> None:
    words = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(permissions=words, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(served(sites["small"]) + next(iter(wording().shared.values())).address + FOLDER)
    page.get_by_role("button", name="Chép lời này").click()
    page.get_by_text("Đã chép.").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#loi-chuc-chep").inner_text().strip()
    context.close()
