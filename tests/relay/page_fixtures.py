"""Fixtures of the relay's pages: a service fresh for each test, and a small phone that must keep to itself."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from page_room import Service, blank, scene, served
from playwright.sync_api import Browser, BrowserContext, Page

PHONE: dict[str, Any] = {
    "viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, "locale": "vi-VN",
    "reduced_motion": "reduce",
}  # fmt: skip


@pytest.fixture
def service() -> Service:
    return served(scene())


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(**PHONE, permissions=["clipboard-read", "clipboard-write"])
    made.set_default_timeout(8000)
    yield made
    made.close()


@pytest.fixture
def page(phone: BrowserContext, service: Service) -> Iterator[Page]:
    """Open a page of the service; it must not fail, break its policy, or ask anything of anybody else."""
    opened, asked, logged = phone.new_page(), list[str](), list[str]()
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: logged.append(message.text))
    opened.on("pageerror", lambda error: logged.append(str(error)))
    opened.goto(blank(service.address))
    yield opened
    own = (service.address, f"blob:{service.address}")
    assert [url for url in asked if not url.startswith(own)] == []
    assert [text for text in logged if not text.startswith("Failed to load resource")] == []


@pytest.fixture
def reopen(phone: BrowserContext, service: Service) -> Callable[[str], Page]:
    """Give a function that opens another page of the service on the same phone."""

    def run(path: str = "") -> Page:
        opened = phone.new_page()
        opened.goto(service.address + path)
        return opened

    return run
