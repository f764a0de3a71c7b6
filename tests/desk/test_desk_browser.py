"""A person fills in the form on a phone and is answered; the secretary receives the idea: all in a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from localhub.demo_desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.act]

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PHONE = ViewportSize(width=360, height=740)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, 0, "http://127.0.0.1:9/")
    yield desk
    desk.close()


@pytest.fixture
def page() -> Iterator[Page]:
    if CHROMIUM is None and os.environ.get("SANGKIEN_BROWSER") != "required":
        pytest.skip("no Chromium here")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport=PHONE)
        browser.close()


def be(page: Page, home: str, login: str) -> None:
    page.goto(home)
    page.select_option("select", login)
    page.get_by_role("button", name="Đổi").click()


def test_from_a_phone_to_a_received_idea(desk: Desk, page: Page) -> None:
    home = f"{desk.hub.url}/{desk.repository}"
    be(page, home, "ba-con")
    page.get_by_role("link", name="Gửi mới").click()
    page.get_by_role("link", name="Gửi một ý").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.get_by_label("Loại").select_option("Cách làm mới")
    page.get_by_label("Tên của ý").fill("Cay nuoc uong bang binh tuoi cu")
    page.get_by_label("Nội dung phong trào").select_option("Sản xuất, kinh doanh và hộ gia đình")
    page.get_by_label("Lĩnh vực").select_option("Nông nghiệp")
    page.get_by_label("Đơn vị").fill("xa quang trung")
    page.get_by_label("Tác giả", exact=False).first.fill("Lê Văn Thử Nghiệm")
    page.get_by_label("Trước đây làm thế nào").fill("Truoc phai ganh nuoc tu gieng len ray, moi ngay hai muoi doi.")
    page.get_by_label("Bây giờ làm khác").fill("Nay dung binh tuoi cu lam vong quay, nua buoi la xong viec tuoi.")
    page.get_by_label("Cách làm từng bước").fill("Rửa bình\nĐục lỗ\nTreo lên giàn")
    page.get_by_label("Nơi khác làm theo").fill("120 nghìn")
    page.get_by_role("button", name="Gửi", exact=False).last.click()
    desk.dispatcher.wait_idle(180)
    page.reload()

    expect(page.get_by_text("Đã nhận. Mã của ý")).to_be_visible()
    (pull,) = desk.ask("thu-ky", "GET", "/pulls")
    be(page, home, "thu-ky")
    page.goto(f"{home}/pull/{pull['number']}")
    expect(page.get_by_text("Hồ sơ hợp lệ").first).to_be_visible()
    assert page.get_by_text("Lê Văn Thử Nghiệm").count() == 0
    page.get_by_label("Lời của thu-ky").fill("/tiếp nhận")
    page.get_by_role("button", name="Gửi bình luận").click()
    desk.dispatcher.wait_idle(180)
    page.goto(f"{home}/issues/1")

    expect(page.get_by_text("Đã tiếp nhận hồ sơ").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
