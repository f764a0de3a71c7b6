"""A clerk at a small laptop: signs in, brings a sheet, hands in, prints."""

from pathlib import Path

import pytest
from clerk_room import clerk
from playwright.sync_api import Browser, expect
from relay_room import free_port, serving, settings_file
from site_browser import NEEDS_BROWSER, problems

from messy_sheets import FIRST, HEAD, SECOND, xlsx

pytest_plugins = ["relay_fixtures", "site_fixtures"]
pytestmark = [*NEEDS_BROWSER, pytest.mark.long]


def test_a_clerk_hands_in_a_sheet_and_prints_its_slips(browser: Browser, tmp_path: Path, checkout: Path) -> None:
    faulty = (*FIRST[:5], "xã Không Đâu", *FIRST[6:])
    near = [FIRST[0], "Giàn mướp che mát sân trường", *FIRST[2:]]
    sheet = xlsx([[*HEAD, "Số điện thoại"], [*FIRST, "0912345678"], SECOND, faulty, near])
    found: list[str] = []
    with serving(settings_file(tmp_path, checkout, free_port())) as relay:
        key, phrase = clerk(relay)
        context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="vi-VN")
        page = context.new_page()
        logged: list[str] = []
        page.on("console", lambda message: logged.append(message.text))
        page.goto(f"{relay.phone.address}/can-bo/")
        found += problems(page)
        page.get_by_label("Mã cán bộ").fill(key.lower())
        page.get_by_label("Mật khẩu").fill(phrase.lower())
        page.get_by_role("button", name="Vào trang").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nhập bảng cho xã Gia Kiệm")
        found += problems(page)
        page.get_by_label("Tệp bảng tính").set_input_files(
            {"name": "Danh sách ý.xlsx", "mimeType": "application/octet-stream", "buffer": sheet}
        )
        page.get_by_role("button", name="Soát bảng này").click()
        expect(page.get_by_role("table")).to_have_count(4)
        found += problems(page)
        page.get_by_role("button", name="Gửi 3 dòng đã ổn").click()
        expect(page.get_by_text("3 dòng đã gửi")).to_be_visible()
        found += problems(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="In giấy hẹn").click()
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
        page.get_by_role("button", name="Ra").click()
        expect(page.get_by_label("Mật khẩu")).to_be_visible()
        assert relay.service.outbox.counts()[0] == 3
        context.close()

    assert (found, logged) == ([], [])
