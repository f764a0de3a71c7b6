"""Fixtures of the score page: its site once a module, and a page that must keep to itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from score_room import build, score_world
from site_browser import served


@pytest.fixture(scope="module")
def score_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(score_world(), tmp_path_factory.mktemp("score"))


@pytest.fixture(scope="module")
def score_address(score_site: Path) -> str:
    return f"{served(score_site)}cham-diem/"


@pytest.fixture
def score_context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport={"width": 360, "height": 740},
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
    )
    yield made
    made.close()


@pytest.fixture
def score_page(score_context: BrowserContext) -> Iterator[Page]:
    """Give a page that must neither complain nor ask anything of anybody else."""
    opened, asked, logged = score_context.new_page(), list[str](), list[str]()
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: logged.append(message.text))
    opened.on("pageerror", lambda error: logged.append(str(error)))
    yield opened
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    assert logged == []
