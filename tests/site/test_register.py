"""What is public and how people are named, case by case."""

from typing import Any

import pytest
from site_world import COUNCIL, DRIP, READ, ROUND, SOAP, World, code, small_world

from sangkien.domain import layout
from sangkien.domain.naming import credit
from sangkien.domain.text import sort_key
from sangkien.domain.unit_history import UnitHistory

NEW = code("NEW1DEA")


def world_with_new(**fields: Any) -> World:
    world = small_world()
    world.idea(NEW, "Xe đẩy cỏ từ khung xe đạp hỏng", **fields)
    return world


def is_public(world: World) -> bool:
    register = world.register()
    return NEW in {idea.code for idea in register.ideas}


def recognised(world: World) -> None:
    world.recognise(NEW, "qd-9")


def on_conclusion(world: World) -> None:
    world.records[layout.path_of("round", ROUND)]["publish"] = "on-conclusion"
    world.conclude(NEW)


def concluded(outcome: str) -> Any:
    return lambda world: world.conclude(NEW, outcome)


def listed_without_conclusion(world: World) -> None:
    world.decide("qd-9", codes=[NEW])


def listed_by_another_council(world: World) -> None:
    world.conclude(NEW)
    world.decide("qd-9", codes=[NEW], council="hd-khac")


def listed_by_another_kind(world: World) -> None:
    world.conclude(NEW)
    world.decide("qd-9", "dinh-chinh", codes=[NEW], amends="qd-1", reason="Sửa số.")


def refused_after(world: World) -> None:
    recognised(world)
    world.conclude(NEW, "khong-cong-nhan", number=2)


def recognised_at_last(world: World) -> None:
    world.conclude(NEW, "bo-sung")
    world.conclude(NEW, number=2)
    world.decide("qd-9", codes=[NEW])


def refused_by_a_higher_council(world: World) -> None:
    recognised(world)
    world.conclude(NEW, "khong-cong-nhan", council="hd-tinh")


def withdrawn(world: World) -> None:
    recognised(world)
    world.inside(NEW, "withdrawn", date="2020-01-01", digest="0" * 64, tokens=["xe"])


def revoked(world: World) -> None:
    recognised(world)
    world.decide("qd-10", "thu-hoi", codes=[NEW], amends="qd-9", date="2020-01-01", reason="Trùng ý cũ.")


def revoked_whole(world: World) -> None:
    recognised(world)
    world.decide("qd-10", "thu-hoi", amends="qd-9", date="2020-01-01", reason="Ký nhầm.")


def revoked_other_decision(world: World) -> None:
    recognised(world)
    world.decide("qd-10", "thu-hoi", codes=[NEW], amends="qd-1", date="2020-01-01", reason="Ký nhầm.")


def revoked_then_recognised_again(world: World) -> None:
    revoked(world)
    world.decide("qd-11", codes=[NEW], date="2021-01-01")


def revoked_on_conclusion(world: World) -> None:
    on_conclusion(world)
    world.decide("qd-10", "thu-hoi", codes=[NEW], amends="qd-1", date="2020-01-01", reason="Trùng ý cũ.")


@pytest.mark.parametrize(
    ("change", "public"),
    [
        (lambda world: None, False),
        (recognised, True),
        (on_conclusion, True),
        (concluded("cong-nhan"), False),
        (concluded("bo-sung"), False),
        (concluded("khong-cong-nhan"), False),
        (concluded("rut"), False),
        (listed_without_conclusion, False),
        (listed_by_another_council, False),
        (listed_by_another_kind, False),
        (refused_after, False),
        (recognised_at_last, True),
        (refused_by_a_higher_council, True),
        (withdrawn, False),
        (revoked, False),
        (revoked_whole, False),
        (revoked_other_decision, True),
        (revoked_then_recognised_again, True),
        (revoked_on_conclusion, False),
    ],
)
def test_public(change: Any, public: bool) -> None:
    world = world_with_new()
    change(world)

    assert is_public(world) is public


def test_revoked_idea_stays_as_notice_only() -> None:
    world = world_with_new()
    revoked(world)
    register = world.register()

    assert [idea.code for idea in register.notices] == [NEW]
    assert all(NEW not in {i.code for i in unit.ideas} for unit in register.units.values())
    assert register.people["p-0a1b2c3d"].ideas == (register.ideas[[i.code for i in register.ideas].index(DRIP)],)


@pytest.mark.parametrize("announce", [True, False])
def test_awaiting_codes_only_where_round_announces(announce: bool) -> None:
    world = world_with_new()
    world.conclude(NEW)
    world.records[layout.path_of("round", ROUND)]["announce"] = announce

    assert world.register().rounds[ROUND].awaiting == ((NEW,) if announce else ())


@pytest.mark.parametrize("cleared", [True, False])
def test_armed_forces_need_clearance(cleared: bool) -> None:
    clearance = {"clearance": {"number": "1", "date": "2019-05-01", "issuer": "Ban chỉ huy"}} if cleared else {}
    world = world_with_new(content="nd4", **clearance)
    recognised(world)
    world.records[layout.path_of("round", ROUND)]["announce"] = True

    assert is_public(world) is cleared
    assert world.register().rounds[ROUND].awaiting == ()


def consent(*scope: str, **fields: str) -> dict[str, Any]:
    return {"form": "dong-y-2019-1", "scope": list(scope), "date": "2019-03-01", "how": "giay"} | fields


GONE = {"withdrawn_on": "2020-01-01"}
GUARDIAN = {"relation": "cha-me", "date": "2019-03-01", "how": "giay"}


@pytest.mark.parametrize(
    ("fields", "shown", "name"),
    [
        ({}, "full", "Trần Thị Mẫu Em"),
        ({"display": "initials"}, "initials", "T.T.M.E."),
        ({"display": "hidden"}, "hidden", ""),
        ({"consents": []}, "hidden", ""),
        ({"consents": [consent("full", **GONE)]}, "hidden", ""),
        ({"consents": [consent("full", **GONE), consent("initials")]}, "initials", "T.T.M.E."),
        ({"display": "initials", "consents": [consent("photo")]}, "hidden", ""),
        ({"minor": True}, "hidden", ""),
        ({"minor": True, "guardian": GUARDIAN}, "full", "Trần Thị Mẫu Em"),
        ({"minor": True, "guardian": GUARDIAN | GONE}, "hidden", ""),
        ({"kind": "tap-the", "consents": []}, "full", "Trần Thị Mẫu Em"),
        ({"kind": "tap-the", "consents": [consent("full", **GONE)]}, "hidden", ""),
    ],
)
def test_person_named_within_consent(fields: Any, shown: str, name: str) -> None:
    person: Any = World().person("p-1a1a1a1a", "Trần Thị Mẫu Em", **fields)
    named = credit(person)

    assert (named.shown, named.name) == (shown, name)
    assert bool(named.address) is (shown == "full")


def test_unit_then_and_now() -> None:
    books, _ = small_world().read()
    history = UnitHistory(books.units)

    assert history.now("xa-suoi-mau-2003") == ("xa-dat-do-2025",)
    assert history.now("xa-dat-do-2025") == ("xa-dat-do-2025",)
    assert history.before("xa-dat-do-2025") == ("xa-suoi-mau-2010", "huyen-mau-2003", "xa-suoi-mau-2003")
    assert history.above("truong-hoa-mai-2012", "2019-03-18") == ("xa-suoi-mau-2010", "huyen-mau-2003", "tinh-mau-1991")
    assert history.above("truong-hoa-mai-2012", "2026-01-01") == ()


def test_unit_lists() -> None:
    units = small_world().register().units

    assert {i.code for i in units["xa-suoi-mau-2010"].ideas} == {DRIP, SOAP}
    assert [i.code for i in units["xa-suoi-mau-2010"].below] == [READ]
    assert [i.code for i in units["truong-hoa-mai-2012"].adopted] == [DRIP]
    assert {i.code for i in units["xa-dat-do-2025"].earlier} == {DRIP, SOAP, READ}


def test_lists_by_what_an_idea_is() -> None:
    register = small_world().register()

    assert {year: len(ideas) for year, ideas in register.years.items()} == {"2019": 3}
    assert [i.code for i in register.fields["giao-duc"].ideas] == [READ]
    assert [i.code for i in register.contents["nd3"].ideas] == [READ]
    assert [i.code for i in register.kinds["cach-lam-moi"]] == [SOAP]
    assert {i.code for i in register.applied} == {DRIP, SOAP}
    assert set(register.people) == {"p-0a1b2c3d", "p-2c2c2c2c"}


def test_commendation_without_any_public_idea_stays_out() -> None:
    world = world_with_new()
    world.commend("bd-2", "p-0a1b2c3d", "qd-9", codes=[NEW])
    world.commend("bd-3", "p-0a1b2c3d", "qd-8", codes=[NEW, DRIP])
    world.commend("bd-4", "p-0a1b2c3d", "qd-7")
    register = world.register()

    assert {key: [i.code for i in c.ideas] for key, c in register.commendations.items() if key != "bd-1"} == {
        "bd-3": [DRIP],
        "bd-4": [],
    }
    assert "qd-9" not in register.decisions


def test_missing_references_are_left_out() -> None:
    world = small_world()
    for path in list(world.records):
        if "/people/" in path or "/councils/" in path or "/legal_bases/" in path or "/fields/" in path:
            del world.records[path]
    register = world.register()

    assert [idea.authors[0].credit.shown for idea in register.ideas] == ["hidden"] * 3
    assert register.people == {}
    assert register.decisions["qd-1"].bases == ()


def test_without_samples_nothing_of_a_sample_is_left() -> None:
    register = small_world(sample=True).register(without_samples=True)

    assert (register.ideas, dict(register.people), dict(register.rounds)) == ((), {}, {})
    assert not register.has_samples
    assert small_world(sample=True).register().has_samples
    assert not small_world().register().has_samples


def test_titles_in_vietnamese_order() -> None:
    titles = [
        "Đèn hiên ấp",
        "Ánh sáng làng",
        "Dạy đếm",
        "An toàn điện",
        "Áo mưa",
        "Ẩm đất",
        "Ăn sạch",
        "Bếp củi",
        "Ươm cây",
        "Ủ rác",
    ]
    world = World()
    world.records |= small_world().records
    for number, title in enumerate(titles):
        key = code(f"TITLE{number:02d}".replace("I", "1").replace("L", "1"))
        world.idea(key, title)
        world.recognise(key, "qd-9")
    shown = [idea.title for idea in world.register().ideas if idea.title in titles]

    expected = [
        "An toàn điện",
        "Ánh sáng làng",
        "Áo mưa",
        "Ăn sạch",
        "Ẩm đất",
        "Bếp củi",
        "Dạy đếm",
        "Đèn hiên ấp",
        "Ủ rác",
        "Ươm cây",
    ]
    assert shown == expected == sorted(titles, key=sort_key)


def test_council_constant_is_in_the_world() -> None:
    assert COUNCIL in small_world().register().councils
