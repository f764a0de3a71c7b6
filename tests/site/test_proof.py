"""The pages a paper is held against: what they say of each recognition, with nothing to run and little to fetch."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser
from site_browser import NEEDS_BROWSER, looked_at, served
from site_tools import mkdocs
from site_world import COUNCIL, DRIP, READ, SOAP, World, code, small_world

from sangkien.domain import address, authenticity, erasure, idea_code, layout
from sangkien.render.pages import pages
from sangkien.render.wording import Wording

pytest_plugins = ["site_fixtures"]
AUTHOR, REVOKED = "Nguyễn Mẫu An", code("REV0KED")


def shown(world: World, to: str) -> str:
    """Give the body of a page as words alone."""
    page = next(page for page in pages(Wording(world.register(), {}), "", "") if page.address == to)
    assert page.bare
    assert page.noindex
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.body)).strip()


def digest_of(world: World, key: str) -> str:
    idea = next(i for i in (*world.register().ideas, *world.register().notices) if i.code == key)
    return authenticity.of_recognition(idea.record, (*idea.recognitions, *idea.revoked)[0])


def test_a_recognition_that_stands() -> None:
    world = small_world()
    told = shown(world, address.proof(DRIP))
    digest = digest_of(world, DRIP)

    assert told.startswith("Ghi nhận này còn giá trị Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ Mã 2019-")
    assert f"{AUTHOR}, T.T.M.E. và 1 tác giả không công khai tên · Xã Suối Mẫu" in told
    assert "Hội đồng sáng kiến xã Suối Mẫu, kết luận ngày 10/6/2019" in told
    assert "Quyết định số QD-1/QĐ-MT ngày 05/7/2019 , Ban Thường trực" in told
    assert "Xếp loại Xuất sắc" in told
    assert f"Dấu số {authenticity.printed(digest)} Viết đủ: {digest}" in told
    assert f"Dấu số {digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]} {digest[16:20]} Viết" in told


def test_one_corrected() -> None:
    world = small_world()
    before = digest_of(world, DRIP)
    world.decide("qd-9", "dinh-chinh", amends="qd-1", codes=[DRIP], date="2019-09-01", reason="Ghi sai tên thôn.")
    told = shown(world, address.proof(DRIP))

    assert told.startswith("Ghi nhận này đã đính chính, còn giá trị")
    assert "Đính chính Quyết định số QD-9/QĐ-MT ngày 01/9/2019 . Ghi sai tên thôn." in told
    assert before in told
    assert shown(world, address.proof(SOAP)).startswith("Ghi nhận này còn giá trị")


def test_one_taken_back_names_nobody_and_keeps_its_digest() -> None:
    world = small_world()
    before = digest_of(world, DRIP)
    world.decide("qd-9", "thu-hoi", amends="qd-1", codes=[DRIP], date="2019-09-01", reason="Trùng một ý cũ.")
    told = shown(world, address.proof(DRIP))

    assert told.startswith("Ghi nhận này đã thu hồi Tưới nhỏ giọt")
    assert "Thu hồi Quyết định số QD-9/QĐ-MT ngày 01/9/2019 . Trùng một ý cũ." in told
    assert AUTHOR not in told
    assert before in told


def test_of_two_councils_each_is_told_by_itself() -> None:
    world = small_world()
    above: Any = world.records[layout.path_of("council", COUNCIL)] | {
        "id": "hd-mau",
        "name": "Hội đồng huyện Mẫu",
        "unit": "huyen-mau-2003",
    }
    world.records[layout.path_of("council", "hd-mau")] = above
    world.conclude(DRIP, council="hd-mau", concluded_on="2019-08-01")
    world.decide("qd-8", codes=[DRIP], council="hd-mau", date="2019-08-08")
    both = shown(world, address.proof(DRIP))
    world.decide("qd-9", "thu-hoi", amends="qd-8", codes=[DRIP], date="2019-09-01")
    told = shown(world, address.proof(DRIP))

    assert both.startswith("Ghi nhận này còn giá trị")
    assert len(set(re.findall(r"\b[0-9a-f]{64}\b", both))) == 2
    assert told.startswith("Ghi nhận này đã thu hồi một phần")
    assert re.findall(r"Tình trạng (Còn giá trị|Đã thu hồi) Hội đồng (Hội đồng .+?),", told) == [
        ("Còn giá trị", "Hội đồng sáng kiến xã Suối Mẫu"),
        ("Đã thu hồi", "Hội đồng huyện Mẫu"),
    ]
    assert AUTHOR in told


def test_nothing_undecided_is_told_as_decided() -> None:
    world = small_world()
    world.records[layout.path_of("round", "dot-2019-1")]["publish"] = "on-conclusion"
    world.records[layout.path_of("decision", "qd-1")]["codes"] = [DRIP]
    told = shown(world, address.proof(READ))

    assert "Quyết định chưa ghi trong sổ" in told
    assert "ký" not in told.partition("Dấu số")[0]


@pytest.mark.parametrize("key", ["p-0a1b2c3d", "p-2c2c2c2c"])
def test_a_name_taken_back_goes_and_the_paper_still_fits(key: str) -> None:
    world = small_world()
    where = [address.proof(DRIP), address.proof(SOAP), address.proof_of_commendation("bd-1")]
    before = [re.findall(r"[0-9a-f]{64}", shown(world, to)) for to in where]
    record: Any = world.records[layout.path_of("person", key)]
    world.records[layout.path_of("person", key)] = dict(erasure.erased(record, "2026-11-29", "Ẩn danh"))
    after = [shown(world, to) for to in where]

    assert [re.findall(r"[0-9a-f]{64}", told) for told in after] == before
    assert all(before)
    assert not any(record["name"] in told for told in after)


def test_commendations() -> None:
    world = small_world()
    stands, gone = (shown(world, address.proof_of_commendation(key)) for key in ("bd-1", "bd-2"))
    view = world.register().commendations["bd-1"]

    assert stands.startswith("Lần biểu dương này đã đính chính, còn giá trị Biểu dương Mã bd-1 · Nguyễn Mẫu An · Có")
    assert authenticity.printed(authenticity.of_commendation(view.record, view.decision)) in stands
    assert gone.startswith("Lần biểu dương này đã thu hồi Biểu dương Mã bd-2 · Xã Suối Mẫu Ngày")
    assert "Đã biểu dương một lần trước đó." in gone
    assert not re.search("Vườn Xanh|Gom dầu|[0-9a-f]{64}", gone)


def test_the_digest_of_a_commendation_tells_neither_whose_it_is_nor_for_which_ideas() -> None:
    view = small_world().register().commendations["bd-1"]
    other = {**view.record, "person": "p-9d9d9d9d", "codes": [SOAP]}

    assert authenticity.of_commendation(view.record, None) == authenticity.of_commendation(other, None)
    assert authenticity.of_commendation(view.record, None) != authenticity.of_commendation(view.record, view.decision)


@pytest.mark.site
def test_every_public_idea_has_one_that_is_small_and_needs_no_script(stamped: Any) -> None:
    world = small_world()
    world.idea(REVOKED, "Ý đã thu hồi")
    world.recognise(REVOKED, "qd-5")
    world.decide("qd-6", "thu-hoi", codes=[REVOKED], amends="qd-5", date="2020-01-01", reason="Trùng.")
    files, _ = stamped(world, site_url="https://vi-du.example/")
    proofs = {path: data for path, data in files.items() if re.fullmatch(r"xac-minh/.+/index\.html", path)}
    register = json.loads(files["du-lieu/register.json"])

    assert set(proofs) == {
        f"{to}index.html"
        for to in (
            *(address.proof(idea["code"]) for idea in register["ideas"]),
            *(address.proof_of_commendation(one["id"]) for one in register["commendations"]),
        )
    }
    assert len(proofs) == 6
    for path, data in proofs.items():
        text = data.decode()
        assert len(data) < 2048, path
        assert "<script" not in text
        assert "style=" not in text
        assert "<meta name=robots content=noindex>" in text
        assert "default-src 'none';style-src 'self';img-src 'self';base-uri 'none';form-action 'none'" in text
        for link in re.findall(r'(?:href|src)="?((?:\.\./)+[^">#]*)', text):
            there = link.replace("../", "")
            assert (f"{there}index.html" if not there or there.endswith("/") else there) in {
                *files, "assets/icon.svg", "assets/proof.css"
            }  # fmt: skip
    assert b"xac-minh/2019/" not in b"".join(data for path, data in files.items() if path.startswith("sitemap"))
    for idea in register["ideas"]:
        page = proofs[f"{address.proof(idea['code'])}index.html"].decode()
        assert [one["proof"] in page for one in idea["conclusions"]] == [True] * len(idea["conclusions"])


@pytest.mark.site
def test_a_title_is_text(stamped: Any) -> None:
    world = small_world()
    world.records[f"{idea_code.folder(DRIP)}/idea.yml"]["title"] = 'Chai <b>"cũ"</b> & dây ~/x <div id="sk-body">'
    world.conclude(DRIP)
    files, _ = stamped(world)
    page = files[f"{address.proof(DRIP)}index.html"].decode()

    assert "<b>Chai &lt;b&gt;&#34;cũ&#34;&lt;/b&gt; &amp; dây ~/x &lt;div id=&#34;sk-body&#34;&gt;</b>" in page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = small_world(sample=True).write(tmp_path_factory.mktemp("proof"))
    mkdocs(root, root / "site")
    return served(root / "site")


class TestInABrowser:
    pytestmark = NEEDS_BROWSER

    def test_from_a_code_typed_loosely_to_what_it_proves(self, browser: Browser, site: str) -> None:
        page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
        page.goto(f"{site}xac-minh/")
        page.get_by_label("Mã trên giấy").fill("2019-7K3Q-F2TZ")
        page.get_by_role("button", name="Kiểm tra").click()
        page.locator("#to-giay [role=status]").get_by_text("Mã này chưa đúng").wait_for()
        page.get_by_label("Mã trên giấy").fill(f" {DRIP.lower().replace('-', ' ').replace('0', 'o')} ")
        page.get_by_role("button", name="Kiểm tra").click()
        page.get_by_role("heading", name="Ghi nhận này còn giá trị").wait_for()

        assert page.url == site + address.proof(DRIP)
        page.goto(f"{site}xac-minh/")
        page.get_by_label("Mã trên giấy").fill(" BD-2")
        page.get_by_role("button", name="Kiểm tra").click()
        page.wait_for_url(site + address.proof_of_commendation("bd-2"))
        assert looked_at(page, site + address.proof(DRIP)) == []
        assert looked_at(page, site + address.proof_of_commendation("bd-2")) == []
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf())) == 1

    def test_without_javascript_by_the_address_alone(self, browser: Browser, site: str) -> None:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{site}xac-minh/")
        assert page.get_by_text("Tự viết địa chỉ cũng được").is_visible()
        page.goto(site + address.proof(DRIP))
        assert page.get_by_role("heading", name="Ghi nhận này còn giá trị").is_visible()
        page.goto(f"{site}xac-minh/2019/00000000/")
        assert "không có ghi nhận nào ứng với địa chỉ ấy" in page.locator("noscript .sk-notice").inner_text()

    @pytest.mark.parametrize(
        ("to", "says", "leads"),
        [
            (address.proof("2026-7K3Q-F2TZ"), "không có ghi nhận nào mang mã 2026-7K3Q-F2TZ", ""),
            ("xac-minh/bieu-duong/bd-99/", "không có ghi nhận nào ứng với địa chỉ này", ""),
            (f"xac-minh/{DRIP}", "Có lẽ bạn tìm ý mang mã", address.proof(DRIP)),
            (f"xac-minh/2019/{idea_code.compact(DRIP).upper()}/", "Có lẽ bạn tìm ý mang mã", address.proof(DRIP)),
            (f"ghi-nhan/{DRIP}", "Có lẽ bạn tìm ý mang mã", address.idea(DRIP)),
        ],
    )
    def test_an_address_of_nothing_says_so(self, browser: Browser, site: str, to: str, says: str, leads: str) -> None:
        page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
        page.goto(site + to)
        notice = page.locator(".sk-notice:visible")
        notice.wait_for()

        assert says in notice.inner_text()
        assert notice.get_by_role("link").count() == bool(leads)
        if leads:
            notice.get_by_role("link").click()
            assert page.url == site + leads
