"""A site built over what an earlier build kept is, byte for byte, the site built from nothing."""
# ruff: noqa: E501  # a change to a line

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from site_fixtures import Blank, Memory
from site_world import COUNCIL, DRIP, READ, ROUND, RUBRIC, SOAP, World, code, picture, small_world

from sangkien.adapters.bundles import Bundles
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.adapters.workshop import Workshop
from sangkien.domain import erasure, idea_code, layout
from sangkien.render import stamp as stamping
from sangkien.render.page import Page
from sangkien.workflow.base import Base
from sangkien.workflow.publish import Shop, Unseen, stamp
from surveying import surveyed

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site
Change = Callable[[World], object]
NEW = code("N3W1DEA")


def build(root: Path, base: Base) -> dict[str, bytes]:
    output, workshop = Memory(), Workshop(root, Store(root))
    workshop.press = Blank()
    shop = Shop(workers=Pool(1), workshop=workshop, bundles=Bundles(root), output=output, progress=Unseen())
    stamp(replace(base, site_url="https://vi-du.example/"), surveyed(root), shop, without_samples=False)
    return output.files


def field(kind: str, key: str, **fields: object) -> Change:
    """Change some fields of a register's record."""
    return lambda world: world.records[layout.path_of(kind, key)].update(fields)


def erased(key: str) -> Change:
    """Erase a person or a collective."""

    def change(world: World) -> None:
        record: Any = world.records[layout.path_of("person", key)]
        world.records[layout.path_of("person", key)] = dict(erasure.erased(record, "2026-11-29", "Ẩn danh"))

    return change


def in_idea(code_: str, file: str, **fields: object) -> Change:
    """Change some fields of a record in an idea's folder."""
    return lambda world: world.records[f"{idea_code.folder(code_)}/{file}.yml"].update(fields)


def new_idea(world: World) -> None:
    world.idea(NEW, "Tưới nhỏ giọt cho tiêu bằng ống tre", authors=[{"person": "p-0a1b2c3d", "share": 100}])
    world.recognise(NEW, "qd-1")


CHANGES: dict[str, Change] = {
    "a person's name": field("person", "p-0a1b2c3d", name="Nguyễn Mẫu Khác"),
    "a person hidden": field("person", "p-0a1b2c3d", display="hidden"),
    "a person unlisted": field("person", "p-0a1b2c3d", noindex=True),
    "a person's occupation": field("person", "p-0a1b2c3d", occupation="trồng điều"),
    "a person's unit": field("person", "p-0a1b2c3d", unit="huyen-mau-2003"),
    "a person erased": erased("p-0a1b2c3d"),
    "a collective erased": erased("p-2c2c2c2c"),
    "a collective's name": field("person", "p-2c2c2c2c", name="Tổ hợp tác Vườn Sạch"),
    "a unit's name": field("unit", "xa-suoi-mau-2010", name="Suối Mới"),
    "a unit's level": field("unit", "truong-hoa-mai-2012", level="xa"),
    "a unit's heir": field("unit", "xa-dat-do-2025", predecessors=["huyen-mau-2003"]),
    "a content": field("content", "nd2", name="Sản xuất"),
    "a field": field("field", "nong-nghiep", name="Ruộng vườn"),
    "a round": field("round", ROUND, name="Đợt đầu năm 2019"),
    "marks made public": field("round", ROUND, publish_marks=True),
    "a round that waits for nothing": field("round", ROUND, publish="on-conclusion"),
    "a council": field("council", COUNCIL, name="Hội đồng xã Suối Mẫu"),
    "a legal basis": field("legal_basis", "luat-mau", title="Phong trào thi đua"),
    "the movement": field("movement", "movement", organiser="Ủy ban MTTQ xã", short_name="Sáng tạo"),
    "all made open": field("movement", "movement", topology="open"),
    "the title of an honour": lambda world: world.records[layout.path_of("lists", "lists")]["titles"][0].update(
        name="Người sáng tạo"
    ),
    "a decision's number": field("decision", "qd-1", number="09/QĐ-MT"),
    "a decision's day": field("decision", "qd-1", date="2019-07-09"),
    "a decision's signer": field("decision", "qd-1", body="Ban Thường trực"),
    "an idea out of the decision": field("decision", "qd-1", codes=[DRIP, SOAP]),
    "a correction of the decision": lambda world: world.decide(
        "qd-9", "dinh-chinh", amends="qd-1", codes=[DRIP], date="2019-09-01", reason="Ghi sai tên thôn."
    ),
    "a recognition taken back": lambda world: world.decide(
        "qd-9", "thu-hoi", amends="qd-1", codes=[SOAP], date="2019-09-01", reason="Xin rút lại."
    ),
    "a commendation's reason": field("commendation", "bd-1", reason="Chịu khó chỉ lại cho bà con."),
    "a commendation gone": lambda world: world.records.pop(layout.path_of("commendation", "bd-1")),
    "a nomination's answer": field("nomination", "dn-1", answered_on="2019-12-02"),
    "a nomination waiting": field("nomination", "dn-1", status="da-gui"),
    "a movement of a member organisation": in_idea(READ, "idea", movements=["duong-sach"]),
    "a member organisation": field("member_org", "hoi-nong-dan", short_name="Nông hội"),
    "a call to emulate": field("emulation_round", "dt-2019", theme="Nghĩ chung."),
    "a ceremony": field("ceremony", "le-2019", attendance=90),
    "a telling": field("outreach", "tt-2018-1", reach=40),
    "a gift": field("sponsorship", "gop-2", amount=100000),
    "thanks no more": field("sponsorship", "gop-1", thanks=False),
    "a plan": field("plan", "kh-2019", title="Kế hoạch cả năm"),
    "an invitation": field("invitation", "moi-2019", sent_on="2019-07-21"),
    "a comment": field("policy_comment", "gy-2019", subject="Dự thảo mới"),
    "a sitting": field("session", "phien-2019", starts="08:00"),
    "a report's day": lambda world: world.records[layout.path_of("lists", "lists")]["report_calendar"][0].update(due="06-20"),
    "a club": field("club", "clb-nghi-cung-nhau", name="Câu lạc bộ Cùng Nghĩ"),
    "a model": field("model", "mh-ap-tuoi", codes=[SOAP]),
    "an idea's title": in_idea(READ, "idea", title="Góc đọc tự quản"),
    "an idea of another field": in_idea(READ, "idea", field="nong-nghiep"),
    "an idea's authors": in_idea(SOAP, "idea", authors=[{"person": "p-0a1b2c3d", "share": 100}]),
    "an application": in_idea(DRIP, "applications/1", result="Rau xanh cả năm."),
    "a correction": in_idea(DRIP, "corrections/1", text="Nên thay nắp chai mỗi tháng."),
    "a picture's words": lambda world: world.records[f"{idea_code.folder(SOAP)}/idea.yml"]["images"][0].update(alt="Can dầu"),
    "a picture": lambda world: world.files.update({f"{idea_code.folder(SOAP)}/images/sau.jpg": picture("x", "#445566")}),
    "an idea withdrawn": lambda world: world.inside(
        READ, "withdrawn", date="2019-08-01", digest="0" * 64, tokens=["goc doc"]
    ),
    "a new idea, near another": new_idea,
    "a fault in an idea": in_idea(SOAP, "idea", cost={"amount": -1}),
    "a fault in a decision": field("decision", "qd-1", signer="ai đó"),
    "a rubric's word": field("rubric", RUBRIC, name="Bộ tiêu chí mới"),
}  # fmt: skip


@pytest.fixture(scope="module")
def warm(base: Base, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Give a repository that was built once, and its site."""
    root = small_world().write(tmp_path_factory.mktemp("warm"))
    return root, build(root, base)


def test_a_second_build_makes_nothing_and_gives_the_same(
    warm: tuple[Path, dict[str, bytes]], base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, first = warm
    stamped: list[str] = []
    page = stamping.Stamp.page

    def noted(self: stamping.Stamp, shown: Page) -> bytes:
        stamped.append(shown.address)
        return page(self, shown)

    monkeypatch.setattr(stamping.Stamp, "page", noted)
    assert build(root, base) == first
    assert stamped == []


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changed_shows(name: str, warm: tuple[Path, dict[str, bytes]], base: Base, tmp_path: Path) -> None:
    world = small_world()
    CHANGES[name](world)
    root, before = warm
    place = _written(world, root)
    over, anew = build(place, base), build(_written(world, tmp_path / "anew", cold=True), base)
    assert over.keys() == anew.keys()
    assert [path for path in anew if over[path] != anew[path]] == []
    assert name == "a rubric's word" or anew != before
    assert build(place, base) == over


def _written(world: World, root: Path, *, cold: bool = False) -> Path:
    """Write a world where another stood; what is no more there goes."""
    root.mkdir(exist_ok=True)
    wanted = {*world.records, *world.files}
    for area in () if cold else (layout.IDEAS, layout.REGISTER):
        for place in (root / area).rglob("*"):
            if place.is_file() and place.relative_to(root).as_posix() not in wanted:
                place.unlink()
    return copy.copy(world).write(root)
