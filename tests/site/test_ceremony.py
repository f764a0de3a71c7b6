"""Slides of a round and the words that go with them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from site_browser import NEEDS_BROWSER
from site_world import small_world

from sangkien.domain.register import Register
from sangkien.render.ceremony import ceremonies, scripts, stage
from sangkien.render.wording import Wording

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site

ROUND = "dot-2019-1"


def register() -> Register:
    return small_world().register()


def slides(wording: Wording, url: str = "https://vi-du.example/") -> str:
    return stage(wording.register.rounds[ROUND], wording, "Bảng vàng", url, lambda _: b"RIFF").decode()


def test_every_idea_of_the_round_has_its_slide_and_its_words() -> None:
    wording = Wording(register(), {})
    words = next(page for page in scripts(wording, "Bảng vàng") if ROUND in page.address).body
    shown = slides(wording)

    assert list(ceremonies(wording)) == [key for key, r in wording.register.rounds.items() if r.ideas]
    for idea in wording.register.rounds[ROUND].ideas:
        assert idea.title in shown
        assert idea.title in words
    assert len(re.findall(r"<section", shown)) == len(re.findall("class=sk-cue", words))


def test_only_who_is_named_in_full_is_called_up() -> None:
    world = small_world()
    world.person("p-0a1b2c3d", "Lê Thị Mẫu Kín", display="initials")
    words = next(page for page in scripts(Wording(world.register(), {}), "Bảng") if ROUND in page.address).body
    cue = next(part for part in words.split("<section") if "Tưới nhỏ giọt" in part)

    assert "xin không nêu tên" in cue
    assert "Xin mời" not in cue
    assert "Mẫu Kín" not in words


def test_slides_carry_all_they_need() -> None:
    page = slides(Wording(register(), {}))

    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "url(data:font/woff2;base64," in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert "data:image/webp;base64,UklGRg==" in page
    assert '<div class="qr">' not in slides(Wording(register(), {}), "")


@pytest.fixture
def hall(browser: Browser, sites: dict[str, Path]) -> Iterator[Page]:
    """Open a ceremony from the disk on the projector of a hall without any network."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    page.goto((sites["small"] / f"dot/{ROUND}/le/index.html").as_uri())
    yield page
    context.close()


@NEEDS_BROWSER[0]
@NEEDS_BROWSER[1]
def test_one_goes_through_the_slides_by_key_click_and_address(hall: Page) -> None:
    told: list[str] = []
    hall.on("console", lambda message: told.append(message.text))
    count = hall.locator("section").count()

    def now() -> int:
        assert hall.locator("section:visible").count() == 1
        return int(hall.locator("section").evaluate_all("all => all.findIndex((s) => s.classList.contains('now'))"))

    assert now() == 0
    seen: list[Any] = []
    for number in range(1, count):
        hall.keyboard.press("PageDown" if number % 2 else "ArrowRight")
        assert now() == number
        seen.append(hall.evaluate("[document.querySelector('.now').scrollHeight <= innerHeight, scrollX]"))
    assert seen == [[True, 0]] * (count - 1)
    hall.keyboard.press("ArrowRight")
    assert now() == count - 1
    hall.keyboard.press("Home")
    hall.mouse.click(900, 300)
    assert now() == 1
    hall.mouse.click(100, 300)
    assert now() == 0
    hall.get_by_label("Trang sau").click()
    assert (now(), hall.evaluate("location.hash")) == (1, "#2")
    hall.keyboard.press("f")
    hall.wait_for_function("document.fullscreenElement !== null")
    assert told == []
    assert hall.evaluate("document.fonts.check('700 20px \"Be Vietnam Pro\"', 'ữ')")


@NEEDS_BROWSER[0]
@NEEDS_BROWSER[1]
def test_without_a_script_all_slides_stand_one_under_another(browser: Browser, sites: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((sites["small"] / f"dot/{ROUND}/le/index.html").as_uri())

    assert page.locator("section:visible").count() == page.locator("section").count() > 3
    assert not page.locator("nav").is_visible()
    context.close()
