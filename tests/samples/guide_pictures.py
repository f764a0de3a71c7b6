"""Take the pictures of the guides anew: the relay and the desk on this computer, on a phone's screen. Run by hand.

python tests/samples/guide_pictures.py [relay | desk | papers]
"""

import io
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from localhub.demo import free_port
from localhub.demo_desk import Desk
from localhub.demo_relay import Relay, Slip
from localhub.demo_story import Story
from sangkien.adapters.office_suite import as_pdf

PICTURES = Path(__file__).resolve().parents[2] / "content" / "huong-dan" / "anh"
PHONE = {"width": 390, "height": 780}
MOST_BYTES = 60_000
SESSION = "phien-2019-2"  # whose papers are shown
SHEET = """\
DANH SÁCH Ý HAY
STT,Tên ý,Loại,Nội dung,Lĩnh vực,Đơn vị,Tác giả,Trước đây,Bây giờ,Cách làm,Kinh phí
1,Phơi tiêu bằng sân có mái che ni lông,Cách làm mới,nd2,Nông nghiệp,xã Gia Kiệm,Trần Thị Ví Dụ,Mưa xuống là phải gom tiêu chạy.,Mái che kéo một tay là kín sân.,Dựng khung rồi căng ni lông.,350.000
2,Ghi lịch phun thuốc chung cho cả tổ,Cách làm mới,nd2,Nông nghiệp,xã Gia Kiệm,Lê Văn Ví Dụ,Nhà nào phun nhà nấy nên sâu chạy vòng.,Cả tổ cùng phun một ngày.,Treo lịch ở nhà văn hóa.,0
3,Dùng lại bao phân cũ làm túi ươm cây,Cách làm mới,nd2,Trồng cây,xã Không Đâu,Phạm Thị Ví Dụ,Bao vứt đầy bờ.,Bao thành túi ươm.,Giặt sạch rồi cắt đáy.,nhiều lắm
"""  # noqa: E501  # a row reads best in one line


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
        self.page.evaluate("scrollTo(0, 0)")
        element = target(self.page)
        box = element.bounding_box()
        assert box is not None, name
        clip = {"x": 0.0, "y": max(box["y"] - 8, 0), "width": 390.0, "height": min(box["height"] + 16, height)}
        save(name, self.page.screenshot(clip=clip, full_page=True))  # type: ignore[arg-type]  # a plain dict will do


def saying(text: str) -> Callable[[Page], Locator]:
    """Point at the remark that holds a text."""
    return lambda page: page.locator("article, section, li").filter(has_text=text).last


def phone(relay: Relay, answers: Mapping[str, list[str]], page: Page) -> None:
    """Take what somebody without an account meets, from the first screen to the slip and the idea's road."""
    page.goto(f"{relay.address}theo-doi/")  # the form itself keeps its draft as it is left
    told = {key: text for key, (text, *_) in answers.items() if key != "authors"}
    author = {"name": "Trần Thị Ví Dụ", "share": "", "collective": False}
    draft = {"answers": told | {"applied": "Đã áp dụng ở ít nhất một nơi"}, "authors": [author], "step": "before"}
    page.goto(relay.address)
    _snap(page, "bat-dau")
    page.goto(f"{relay.address}theo-doi/")
    page.evaluate("(draft) => localStorage.setItem('sangkien-y', JSON.stringify(draft))", draft)
    page.goto(relay.address)
    page.locator("[data-start]").click()
    page.locator('[data-step="before"]').wait_for()
    _snap(page, "cau-hoi")
    page.goto(f"{relay.address}theo-doi/")
    page.evaluate("(draft) => localStorage.setItem('sangkien-y', JSON.stringify(draft))", draft | {"step": "display"})
    page.goto(relay.address)
    page.locator("[data-start]").click()
    page.locator('[data-step="display"]').wait_for()
    while not page.locator('[data-step="review"]').is_visible():
        page.locator("[data-next]").click()
    _snap(page, "xem-lai")
    page.locator("[data-send]").click()
    page.locator("[data-receipt]").wait_for()
    _snap(page, "phieu-hen", page.locator("[data-receipt]"))
    slip = Slip(page.locator("[data-code]").inner_text(), page.locator("[data-pin]").inner_text())
    page.goto(f"{relay.address}theo-doi/#{slip.code}")
    page.locator("#o-pin").fill(slip.pin)
    page.locator("#o-pin").press("Enter")
    page.locator("[data-said]").wait_for()
    _snap(page, "theo-doi")


def clerk(relay: Relay, key: str, phrase: str, page: Page) -> None:
    """Take what a clerk with a sheet meets: the door, and what is told of a sheet with two faults."""
    page.goto(f"{relay.address}can-bo/")
    _snap(page, "vao", prefix="can-bo")
    page.get_by_label("Mã cán bộ").fill(key)
    page.get_by_label("Mật khẩu").fill(phrase)
    page.get_by_role("button", name="Vào trang").click()
    sheet = {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.get_by_label("Tệp bảng tính").set_input_files(sheet)  # type: ignore[arg-type]  # a plain dict will do
    page.get_by_role("button", name="Soát bảng này").click()
    page.get_by_role("button", name="dòng đã ổn").wait_for()
    _snap(page, "soat", prefix="can-bo")


def _snap(page: Page, name: str, start: Locator | None = None, prefix: str = "dien-thoai") -> None:
    page.evaluate("scrollTo(0, 0)")
    box = start.bounding_box() if start else None
    top = max(box["y"] - 12, 0) if box else 0
    clip = {"x": 0, "y": top, "width": 390, "height": 780}
    save(f"{prefix}-{name}", page.screenshot(clip=clip, full_page=True))  # type: ignore[arg-type]  # a plain dict will do


def forms(desk: Desk, photographer: Photographer) -> int:
    """Take what somebody who sends an idea meets; gives the pull request."""
    desk.file(desk.plan.answers())
    desk.settle()
    photographer.be("ba-con")
    photographer.shoot("chon-mau", "/issues/new/choose", height=620)
    photographer.shoot("bieu-mau", "/issues/new?template=1-y-hay.yml", height=1150)
    photographer.shoot("bao-nhan", "/issues/1", saying("Mã của ý"), height=700)
    photographer.shoot("nut-sua", "/issues/1", height=760)
    photographer.be("thu-ky")
    pull = int(desk.ask("thu-ky", "GET", "/pulls")[0]["number"])
    photographer.shoot("ho-so", f"/pull/{pull}", height=900)
    faulty = desk.plan.answers() | {"unit": ["xã Không Đâu"], "cost": ["nhiều lắm"]}
    number = desk.file(faulty)
    desk.settle()
    photographer.be("ba-con")
    photographer.shoot("can-bo-sung", f"/issues/{number}", saying("chỗ cần bổ sung"), height=620)
    photographer.be("thu-ky")
    photographer.shoot("quyet-dinh", "/issues/new?template=4-quyet-dinh.yml", height=900)
    desk.say("thu-ky", pull, "/tiep-nhan")
    desk.settle()
    photographer.shoot("da-tiep-nhan", "/issues/1", saying("Đã tiếp nhận hồ sơ"), height=400)
    return pull


def council(desk: Desk, story: Story, photographer: Photographer, pull: int) -> None:
    """Take what the council meets, from the invitation to the conclusion."""
    page = photographer.page
    away = str(desk.plan.away)
    photographer.be(away)
    photographer.shoot("moi-cham", f"/pull/{pull}", saying("Xin mời chấm"), height=620)
    (link,) = [
        a
        for a in page.locator("a", has_text="mở phiếu chấm").all()
        if f"thanh-vien={desk.plan.people[away]}" in str(a.get_attribute("href"))
    ]
    page.goto(str(link.get_attribute("href")))
    for box, mark in zip(page.locator("input[inputmode=decimal]").all(), ("25", "13", "12,5", "21", "13"), strict=True):
        box.fill(mark)
    photographer.shoot("phieu-cham", "", lambda p: p.locator(".sk-criterion").first, height=760)
    page.get_by_label("Đề nghị công nhận", exact=False).first.check()
    page.get_by_role("textbox", name="Nhận xét").fill("Đã thấy làm thật ở ba vườn.")
    page.get_by_role("button", name="Chép phiếu").click()
    page.locator("[data-ready]").wait_for()
    photographer.shoot("phieu-chep", "", lambda p: p.locator("[data-ready]"), height=620)
    block = page.locator("#khoi-phieu").input_value()
    page.goto(f"{photographer.home}/pull/{pull}/files")
    page.get_by_label(f"Lời đánh giá của {away}").fill(block)
    photographer.shoot("dan-phieu", "", lambda p: p.locator("section.say").first, height=620)
    story.score(pull)
    photographer.shoot("bang-viec", f"/issues/{_board(desk)}", height=760)
    story.open(pull)
    photographer.shoot("ket-qua-dem", f"/pull/{pull}", saying("Đã mở phiếu của ý"), height=1000)
    story.conclude(pull)
    photographer.shoot("da-ket-luan", f"/pull/{pull}", saying("Hội đồng đã kết luận"), height=700)


def _board(desk: Desk) -> int:
    found = desk.ask(desk.owner, "GET", "/issues")
    return int(next(issue["number"] for issue in found if issue["title"] == "Bảng việc của hội đồng"))


def at_the_relay(desk: Desk, door: str, _: str, page: Page) -> None:
    """Take the pictures of the page people send from."""
    relay = Relay(desk, door)
    try:
        relay.wait()
        phone(relay, desk.plan.answers(), page)
        told = desk.sangkien("relay", "clerk", "add", "xã Gia Kiệm", "--settings", str(relay.settings))
        key, phrase = (line.partition(":")[2].strip() for line in told.splitlines()[1:3])
        clerk(relay, key, phrase, page)
    finally:
        relay.close()


def at_the_desk(desk: Desk, _: str, address: str, page: Page) -> None:
    """Take the pictures of forms, reviews and orders; the score page is the built site's."""
    photographer = Photographer(desk, page)
    pull = forms(desk, photographer)
    council(desk, Story(desk, address), photographer, pull)


def papers(desk: Desk, _: str, __: str, page: Page) -> None:
    """Take the road from the board to a session's papers, and the papers themselves."""
    photographer = Photographer(desk, page)
    desk.file(desk.plan.answers())
    desk.settle()
    desk.say("thu-ky", int(desk.ask("thu-ky", "GET", "/pulls")[0]["number"]), "/tiep-nhan")
    desk.settle()
    board = _board(desk)
    photographer.be("thu-ky")
    told = page.locator("p").filter(has_text="Giấy tờ của phiên họp")
    photographer.shoot("giay-to-bang-viec", f"/issues/{board}", lambda _: told.last, height=300)
    page.get_by_role("link", name="trang làm giấy tờ").click()
    page.get_by_label("Mã phiên họp").fill(SESSION)
    photographer.shoot("giay-to-chay", "", lambda p: p.locator("main"), height=420)
    page.get_by_role("button", name="Run workflow").click()
    desk.settle()
    photographer.shoot("giay-to-tai-ve", f"/issues/{board}", saying("tải về"), height=300)
    run = next(run for run in desk.dispatcher.runs if run.workflow == "paper")
    made = desk.dispatcher.artifact(run, "giay-to")
    minutes = next(made.glob("*/bien-ban-hop*.docx"))
    save("giay-to-bien-ban", _first_page(as_pdf({"giay": minutes.read_bytes()})["giay"]))
    save("giay-to-chung-nhan", _first_page(next(made.glob("*/giay-chung-nhan*.pdf")).read_bytes()))


def _first_page(pdf: bytes) -> bytes:
    """Draw the first page as wide as the other pictures are."""
    command = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", "585", "-scale-to-y", "-1", "-"]
    return subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout


PARTS = {"relay": at_the_relay, "desk": at_the_desk, "papers": papers}


def main(parts: list[str]) -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for part in parts or PARTS:
        with TemporaryDirectory() as folder, sync_playwright() as driver:
            room = Path(folder)
            served = partial(SimpleHTTPRequestHandler, directory=str(room / "site"))
            server = ThreadingHTTPServer(("127.0.0.1", 0), served)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address, door = f"http://127.0.0.1:{server.server_port}/", f"http://127.0.0.1:{free_port()}/"
            desk = Desk(room, 0, door, f"{address}cham-diem/")
            desk.sangkien("--root", str(desk.clone), "publish", "--out", str(room / "site"))
            browser = driver.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport=PHONE, device_scale_factor=1.5)  # type: ignore[arg-type]  # a plain dict
            PARTS[part](desk, door, address, page)
            browser.close()
            desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
