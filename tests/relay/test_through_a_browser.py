"""A phone, the page and the server, all of them real: what was told with a thumb is stored and can be followed."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from relay_room import FIELDS, free_port, serving, settings_file
from site_browser import NEEDS_BROWSER

pytest_plugins = ["relay_fixtures", "site_fixtures"]
pytestmark = [*NEEDS_BROWSER, pytest.mark.long]


def photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((900, 700), 90).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def test_an_idea_goes_from_a_thumb_to_the_book_and_back(browser: Browser, tmp_path: Path, checkout: Path) -> None:
    with serving(settings_file(tmp_path, checkout, free_port(), proof_cost=100)) as relay:
        page = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN").new_page()
        page.set_default_timeout(15_000)
        logged: list[str] = []
        page.on("console", lambda message: logged.append(message.text))
        page.on("pageerror", lambda error: logged.append(str(error)))
        page.goto(f"{relay.phone.address}/theo-doi/")  # the form itself keeps its draft as it is left
        draft = {
            "answers": {**FIELDS, "unit": "xã Gia Kiệm", "applied": "Chưa áp dụng"},
            "authors": [{"name": "Trần Thị Mẫu", "share": "", "collective": False}],
            "step": "photos",
        }
        page.evaluate("(draft) => localStorage.setItem('sangkien-y', JSON.stringify(draft))", draft)
        page.goto(f"{relay.phone.address}/")
        page.locator("[data-start]").click()
        page.locator("[data-pick]").set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo()})
        page.locator("[data-alt]").last.fill("Hố ủ lá")
        page.locator(".photo").last.get_by_text("Sau khi áp dụng").click()
        page.locator("[data-flag=photo_consent]").check()
        for step in ("photos", "display"):
            expect(page.locator(f'[data-step="{step}"]')).to_be_visible()
            page.locator("[data-next]").click()
        expect(page.locator('[data-step="review"]')).to_be_visible()
        page.locator("[data-send]").click()
        expect(page.locator("[data-receipt]")).to_be_visible()
        code, pin = page.locator("[data-code]").inner_text(), page.locator("[data-pin]").inner_text()

        waiting = relay.service.outbox.waiting(f"idea:{code}")
        assert waiting
        assert sorted(path.rpartition(".")[2] for path in waiting.paper.files) == ["webp", "yml", "yml"]
        page.goto(f"{relay.phone.address}/theo-doi/#{code}")
        page.locator("#o-pin").fill(pin)
        page.locator("#o-pin").press("Enter")
        expect(page.locator("[data-said]")).to_contain_text("đang chuyển tới thư ký")
        page.context.close()

    assert logged == []
