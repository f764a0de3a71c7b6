"""A browser for tests, the site served to it, and what every page is asked."""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from places import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("SANGKIEN_BROWSER") != "required", reason="no Chromium on this machine"
    ),
]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if not Path(self.translate_path(self.path)).exists():
            data = (Path(self.directory) / "404.html").read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(data)
            return
        super().do_GET()


def served(folder: Path) -> str:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def opened(browser: Browser, address: str, **context: Any) -> Page:
    page = browser.new_context(**context).new_page()
    page.goto(address, wait_until="load")
    return page


def violations(page: Page, *rules: str) -> list[str]:
    """List what axe finds against WCAG 2.1 AA, or against single rules of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)  # as the developer tools do, past the page's own policy
    only = (
        {"type": "rule", "values": rules}
        if rules
        else {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    )
    result = page.evaluate("(only) => axe.run({runOnly: only, resultTypes: ['violations']})", only)
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]} {v['nodes'][0].get('failureSummary')}" for v in result["violations"]
    ]


def looked_at(page: Page, address: str) -> list[str]:
    """Open a page and look at it narrow and wide, by day and by night."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address, wait_until="load")
    return problems(page)


def problems(page: Page, *widths: int) -> list[str]:
    """Look at a page as it stands, at each width, and by night too; only its colours can differ by night."""
    found = []
    page.emulate_media(color_scheme="light")
    for width in widths or (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.getAnimations().forEach((change) => change.finish())")
        found += violations(page)
        if page.evaluate(OVERFLOW) > 0 or page.evaluate(OUTSIDE):
            found.append(f"wider than the window at {width}: {page.evaluate(OUTSIDE)}")
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.getAnimations().forEach((change) => change.finish())")
    return found + violations(page, "color-contrast")


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text boxes that reach past the window's right edge, were the window to hide it.
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(e => {
  const r = e.getBoundingClientRect();
  return r.width && r.right > innerWidth + 1 && getComputedStyle(e).position !== 'absolute'
    && !e.closest('svg') && !e.closest('table') && !e.closest('.sk-skip');
}).map(e => e.className || e.tagName).slice(0, 5)"""
