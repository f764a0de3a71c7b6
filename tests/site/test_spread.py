"""What grew out of an idea, what was put before others, and what was taken back, as the public meets it."""

import csv
import io
import json
from html.parser import HTMLParser
from typing import Any

import pytest
from site_world import DRIP, READ, SOAP, World, code, small_world

from sangkien.domain import address, idea_code, layout
from sangkien.render import open_data, spread, tables
from sangkien.render.page import Page
from sangkien.render.pages import pages
from sangkien.render.wording import Wording

NEW, SECRET = code("NEW1DEA"), code("SECRET1")


def told(world: World) -> dict[str, Page]:
    return {page.address: page for page in pages(Wording(world.register(), {}), "Bảng vàng", "")}


def spreading(**numbers: int) -> World:
    """Make a world whose drip went on from place to place: `p2=1` is the second, which learned from the first."""
    world = small_world()
    for name, teacher in numbers.items():
        number = int(name[1:])
        fields = {"learned_from": teacher} if teacher else {}
        world.inside(DRIP, f"applications/{number}", number=number, unit="xa-dat-do-2025", since="2025-08-01",
                     result="Được.", **fields)  # fmt: skip
    return world


class Tree(HTMLParser):
    """How deep the lists of a tree stand within each other; an item may be ended by the next, or by its list."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.deepest = self.items = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("li", "p") and self.open[-1:] == [tag]:
            self.open.pop()
        assert tag != "li" or self.open[-1] == "ul"
        self.open.append(tag)
        self.items += tag == "li"
        self.deepest = max(self.deepest, self.open.count("ul"))

    def handle_endtag(self, tag: str) -> None:
        while self.open[-1] != tag:
            assert self.open.pop() in ("li", "p")
        self.open.pop()


@pytest.mark.parametrize(
    ("numbers", "deepest"),
    [
        ({"p1": 0, "p2": 1}, 3),
        ({"p1": 0, "p2": 1, "p3": 2, "p4": 3, "p5": 0}, 5),
        ({"p1": 0, "p2": 1, "p3": 2, "p4": 1, "p5": 4}, 4),
        ({f"p{n}": n - 1 for n in range(1, 90)}, 90),
        ({f"p{n}": n // 2 for n in range(1, 260)}, 10),
    ],
)
def test_lists_of_the_tree_are_well_nested(numbers: dict[str, int], deepest: int) -> None:
    wording = Wording(spreading(**numbers).register(), {})
    idea = next(idea for idea in wording.register.ideas if idea.code == DRIP)
    html = str(spread.tree(idea, wording))
    tree, left = Tree(html), max(0, len(numbers) + 1 - spread.MOST)

    assert tree.open == []
    assert tree.deepest == deepest
    assert tree.items == 1 + min(len(numbers) + 1, spread.MOST) + bool(left)
    assert (f"và {left} nơi nữa" in html) is bool(left)


def test_a_list_of_places_alone_needs_no_tree() -> None:
    world = spreading(p1=0, p2=0)
    del world.records[f"{idea_code.folder(SOAP)}/idea.yml"]["builds_on"]

    assert "cay-lan-toa" not in told(world)[address.idea(DRIP)].body


def test_credit_goes_both_ways() -> None:
    found = told(small_world())
    earlier, later = found[address.idea(DRIP)].body, found[address.idea(SOAP)].body

    assert f'href="~/{address.idea(SOAP)}"' in earlier[earlier.index("<h2 id=cay-lan-toa-ten>") :]
    credit = later[later.index("Làm tiếp từ") :]
    assert f'href="~/{address.idea(DRIP)}"' in credit
    assert credit.index("Nguyễn Mẫu An") < credit.index("</p>")
    assert "1 ý của người khác làm tiếp từ đó" in found["tac-gia/p-0a1b2c3d/"].body


def test_ones_own_improvement_is_no_credit_of_others() -> None:
    world = small_world()
    world.records[f"{idea_code.folder(SOAP)}/idea.yml"]["authors"] = [{"person": "p-0a1b2c3d", "share": 100}]

    assert "làm tiếp từ đó" not in told(world)["tac-gia/p-0a1b2c3d/"].body


@pytest.mark.parametrize("end", ["never recognised", "revoked", "withdrawn"])
def test_only_what_is_public_is_named(end: str) -> None:
    world = small_world()
    world.idea(SECRET, "Ý kín đáo")
    world.records[f"{idea_code.folder(READ)}/idea.yml"]["builds_on"] = [SECRET, READ, DRIP]
    if end != "never recognised":
        world.recognise(SECRET, "qd-9")
    if end == "revoked":
        world.decide("qd-10", "thu-hoi", amends="qd-9", date="2020-01-01", reason="Ký nhầm.")
    if end == "withdrawn":
        world.inside(SECRET, "withdrawn", date="2020-01-01", digest="0" * 64, tokens=["kín"])
    wording = Wording(world.register(), {})
    page = told(world)[address.idea(READ)].body
    data = json.loads(dict(open_data.OpenData(wording, "Bảng vàng", "").files())[open_data.ADDRESS])

    assert "Ý kín đáo" not in page
    assert next(idea["builds_on"] for idea in data["ideas"] if idea["code"] == READ) == [DRIP]


def test_ideas_that_say_they_grew_out_of_each_other_end_somewhere() -> None:
    world = small_world()
    world.records[f"{idea_code.folder(DRIP)}/idea.yml"]["builds_on"] = [SOAP]
    page = told(world)[address.idea(DRIP)].body

    assert page.count("sk-tree__here") == page.count("sk-tree__new") == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "đánh giá có triển vọng"),
        ({"status": "da-gui"}, "Đã đề xuất Hội đồng Khoa học và Công nghệ tỉnh Mẫu"),
        ({"status": "khong-co-trien-vong"}, ""),
        ({"status": "dang-soan"}, ""),
    ],
)
def test_a_referral_is_told_while_it_waits_or_was_found_promising(fields: Any, says: str) -> None:
    world = small_world()
    world.records[layout.path_of("referral", "dx-1")] |= fields
    page = told(world)[address.idea(DRIP)].body

    assert ("Hội đồng Khoa học" in page) is bool(says)
    assert says in page
    assert ("Công văn số 12" in page) is not fields


def test_movements_of_member_organisations_lead_to_them() -> None:
    world = small_world()
    own = [{"id": "san-xuat-gioi", "name": "Sản xuất <b>giỏi"}, {"id": "khac", "name": "Khác"}]
    world.put("member_org", "hoi-nong-dan", name="Hội Nông dân", valid_from="2003-01-01", movements=own)
    world.records[f"{idea_code.folder(DRIP)}/idea.yml"]["movements"] = ["san-xuat-gioi"]

    assert (
        '<a href="~/to-chuc/hoi-nong-dan/san-xuat-gioi/">Sản xuất &lt;b&gt;giỏi (Hội Nông dân)</a>'
        in told(world)[address.idea(DRIP)].body
    )


def by_list(world: World) -> None:
    world.decide("qd-9", "thu-hoi", amends="qd-2", commendations=["bd-1"], date="2020-01-01", reason="Trùng.")


def whole_decision(world: World) -> None:
    world.decide("qd-9", "thu-hoi", amends="qd-2", date="2020-01-01", reason="Trùng.")


def with_its_idea(world: World) -> None:
    world.decide("qd-9", "thu-hoi", amends="qd-1", codes=[DRIP], date="2020-01-01", reason="Trùng.")


@pytest.mark.parametrize("take_back", [by_list, whole_decision, with_its_idea])
def test_a_commendation_taken_back_is_a_notice_everywhere(take_back: Any) -> None:
    world = small_world()
    take_back(world)
    found, wording = told(world), Wording(world.register(), {})
    notice, data = found["bieu-duong/bd-1/"], dict(open_data.OpenData(wording, "Bảng vàng", "").files())
    entry = next(one for one in json.loads(data[open_data.ADDRESS])["commendations"] if one["id"] == "bd-1")
    table = dict(tables.commendations(wording, ""))[tables.COMMENDATIONS].decode("utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(table)) if row["Mã"] == "bd-1")

    assert notice.noindex
    assert "QD-9/QĐ-MT" in notice.body
    assert "Trùng." in notice.body
    assert not any(word in notice.body for word in ("Nguyễn Mẫu An", "p-0a1b2c3d", "Có nhiều cách làm hay"))
    index = found[address.COMMENDATIONS].body
    assert index.index("Đã thu hồi") < index.index("bieu-duong/bd-1/")
    assert "bieu-duong/bd-1/" not in found["tac-gia/p-0a1b2c3d/"].body
    assert "đã thu hồi" in found["quyet-dinh/qd-2/"].body
    assert "Nguyễn Mẫu An" not in found["quyet-dinh/qd-2/"].body
    assert (entry["status"], entry["revoked_by"]) == ("thu-hoi", "qd-9")
    assert (row["Tình trạng"], row["Lý do"], row["Theo quyết định"]) == ("đã thu hồi", "", "QD-9/QĐ-MT (01/01/2020)")


def test_a_person_with_nothing_left_keeps_an_empty_page() -> None:
    world = small_world()
    world.idea(NEW, "Một ý sau này thu hồi", authors=[{"person": "p-7b7b7b7b", "share": 100}])
    world.person("p-7b7b7b7b", "Trịnh Mẫu Vơi")
    world.recognise(NEW, "qd-9")
    before = told(world)["tac-gia/p-7b7b7b7b/"]
    world.decide("qd-10", "thu-hoi", amends="qd-9", date="2020-01-01", reason="Ký nhầm.")
    found = told(world)
    after = found["tac-gia/p-7b7b7b7b/"]

    assert "Trịnh Mẫu Vơi" in before.body
    assert after.noindex
    assert not any(word in after.title + after.body for word in ("Trịnh", "thu hồi", idea_code.compact(NEW)))
    assert "p-7b7b7b7b" not in found[address.PEOPLE].body
    world.records[layout.path_of("person", "p-7b7b7b7b")]["display"] = "hidden"
    assert "tac-gia/p-7b7b7b7b/" not in told(world)


def test_a_correction_shows_on_all_it_touches() -> None:
    world = small_world()
    world.decide("qd-9", "dinh-chinh", amends="qd-1", date="2019-09-01", reason="Sửa ngày ký.")
    found, wording = told(world), Wording(world.register(), {})
    data = json.loads(dict(open_data.OpenData(wording, "Bảng vàng", "").files())[open_data.ADDRESS])

    for to in (address.idea(DRIP), address.idea(SOAP), "quyet-dinh/qd-1/", "quyet-dinh/qd-9/"):
        assert "Sửa ngày ký." in found[to].body, to
    assert "Ghi thiếu một chữ trong tên ý." in found["bieu-duong/bd-1/"].body
    assert "đã đính chính" in found["quyet-dinh/qd-2/"].body
    assert next(idea for idea in data["ideas"] if idea["code"] == DRIP)["corrected_by"] == ["qd-9"]
    assert next(one for one in data["commendations"] if one["id"] == "bd-1")["corrected_by"] == ["qd-dinh-chinh"]


def test_problems_wait_by_age_and_end_with_thanks() -> None:
    world = small_world()
    for day, title, status in (("2019-05-01", "Bài cũ hơn", "dang-cho"), ("2018-05-01", "Bài đã thôi", "thoi")):
        fields = {"unit": "xa-suoi-mau-2010", "posted_on": day, "title": title, "need": "Cần.", "status": status}
        world.put("problem", f"bt-{day}", **fields)
    board = told(world)[address.PROBLEMS].body

    titles = ("Bài cũ hơn", "Dốc trơn mùa mưa", "Vườn khô giữa mùa nắng", "Bài đã thôi")
    assert sorted(titles, key=board.index) == [*titles]
