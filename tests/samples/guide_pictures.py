"""Take the pictures of the guides anew: the desk on this computer, on a phone's screen. Run by hand.

python tests/samples/guide_pictures.py
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from localhub.demo_desk import Desk

PICTURES = Path(__file__).resolve().parents[2] / "content" / "huong-dan" / "anh"
PHONE = {"width": 390, "height": 780}
MOST_BYTES = 60_000


def save(name: str, picture: bytes) -> None:
    """Keep a picture small enough for a phone's data plan."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for quality in (80, 65, 50, 35):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            break
    (PICTURES / f"{name}.webp").write_bytes(out.getvalue())
    print(name, image.size, out.tell())


class Photographer:
    """Walks through the desk as one person after another."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self.desk, self.page = desk, page
        self.home = f"{desk.hub.url}/{desk.repository}"

    def be(self, login: str) -> None:
        self.page.goto(self.home)
        self.page.select_option("select", login)
        self.page.get_by_role("button", name="Đổi").click()

    def shoot(self, name: str, path: str, target: Callable[[Page], Locator] | None = None, height: int = 780) -> None:
        if path:
            self.page.goto(f"{self.home}{path}")
        if target is None:
            save(name, self.page.screenshot(clip={"x": 0, "y": 0, "width": 390, "height": height}, full_page=True))
            return
        element = target(self.page)
        box = element.bounding_box()
        assert box is not None, name
        clip = {"x": 0.0, "y": max(box["y"] - 8, 0), "width": 390.0, "height": min(box["height"] + 16, height)}
        save(name, self.page.screenshot(clip=clip, full_page=True))  # type: ignore[arg-type]  # a plain dict will do


def saying(text: str) -> Callable[[Page], Locator]:
    """Point at the remark that holds a text."""
    return lambda page: page.locator("article, section, li").filter(has_text=text).last


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as room, sync_playwright() as driver:
        desk = Desk(Path(room), 0)
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        photographer = Photographer(desk, browser.new_page(viewport=PHONE, device_scale_factor=1.5))  # type: ignore[arg-type]
        desk.file(desk.plan["form"]["answers"])
        desk.settle()
        photographer.be("ba-con")
        photographer.shoot("chon-mau", "/issues/new/choose", height=620)
        photographer.shoot("bieu-mau", "/issues/new?template=1-y-hay.yml", height=1150)
        photographer.shoot("bao-nhan", "/issues/1", saying("Mã của ý"), height=700)
        photographer.shoot("nut-sua", "/issues/1", height=760)
        photographer.be("thu-ky")
        pull = desk.ask("thu-ky", "GET", "/pulls")[0]["number"]
        photographer.shoot("ho-so", f"/pull/{pull}", height=900)
        faulty = desk.plan["form"]["answers"] | {"unit": ["xã Không Đâu"], "cost": ["nhiều lắm"]}
        number = desk.file(faulty)
        desk.dispatcher.wait_idle(120)
        photographer.be("ba-con")
        photographer.shoot("can-bo-sung", f"/issues/{number}", saying("chỗ cần bổ sung"), height=620)
        desk.ask("thu-ky", "POST", f"/issues/{pull}/comments", {"body": "/tiep-nhan"})
        desk.dispatcher.wait_idle(120)
        photographer.shoot("da-tiep-nhan", "/issues/1", saying("Đã tiếp nhận hồ sơ"), height=400)
        browser.close()
        desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
