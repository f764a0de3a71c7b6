"""What the public may see of the movement's life, case by case."""

from typing import Any

from site_world import DRIP, READ, SOAP, World, code, small_world

from sangkien.domain import layout
from sangkien.domain.movement_life import Life

NEW = code("NEW1DEA")


def life(world: World) -> Life:
    return world.register().life


def record(world: World, kind: str, key: str) -> Any:
    return world.records[layout.path_of(kind, key)]


def test_plans_of_inspections_stay_in_the_house() -> None:
    world = small_world()
    record(world, "plan", "kh-2019")["purpose"] = "kiem-tra"

    assert list(life(world).plans) == ["kh-2019-pho-bien"]
    assert [plan.record["id"] for plan in life(world).plans_of["xa-suoi-mau-2010"]] == ["kh-2019-pho-bien"]


def test_only_public_ideas_are_named() -> None:
    world = small_world()
    world.idea(NEW, "Xe đẩy cỏ", movements=["lam-an-gioi"])  # nobody judged it yet
    for kind, key in (("outreach", "tt-2019-1"), ("invitation", "moi-2019")):
        record(world, kind, key)["codes"] = [DRIP, NEW]
    record(world, "plan", "kh-2019-pho-bien")["tasks"].append({"what": "Thử", "owner": "Xã", "code": NEW})
    found = life(world)

    assert [idea.code for idea in found.outreach[0].ideas] == [DRIP]
    assert [idea.code for idea in found.invitations[0].ideas] == [DRIP]
    assert list(found.plans["kh-2019-pho-bien"].ideas) == [DRIP]
    assert [idea.code for idea in found.member_orgs["hoi-nong-dan"].ideas] == [DRIP]
    record(world, "invitation", "moi-2019")["codes"] = [NEW]
    assert life(world).invitations == ()


def test_an_idea_of_two_movements_counts_once_for_their_organisation() -> None:
    world = small_world()
    world.records[next(p for p in world.records if p.endswith("idea.yml") and DRIP[5:7].lower() in p)]["movements"] = [
        "lam-an-gioi",
        "duong-sach",
    ]
    org = life(world).member_orgs["hoi-nong-dan"]

    assert [[idea.code for idea in ideas] for _, ideas in org.movements] == [[DRIP], [DRIP]]
    assert [idea.code for idea in org.ideas] == [DRIP]


def test_what_was_given_is_added_up_by_the_year_it_came_and_was_used() -> None:
    world = small_world()
    gift = record(world, "sponsorship", "gop-1")
    gift["uses"].append({"date": "2020-02-01", "what": "Dây tưới", "amount": 300000})
    told = [(one.year, one.gifts, one.received, one.used, one.things) for one in life(world).support]

    assert told == [("2020", 0, 0, 300000, 0), ("2019", 2, 5000000, 4200000, 1)]


def test_only_who_said_yes_to_thanks_is_thanked() -> None:
    world = small_world()
    assert [who.name for who in life(world).thanked] == ["Xưởng Mẫu Góp Sức"]  # the other donor is hidden
    record(world, "sponsorship", "gop-1")["thanks"] = False
    assert life(world).thanked == ()
    record(world, "sponsorship", "gop-1")["thanks"] = True
    record(world, "person", "p-3b3b3b3b")["consents"][0]["withdrawn_on"] = "2019-09-01"
    assert life(world).thanked == ()


def test_who_did_not_take_an_idea_up_is_not_named() -> None:
    assert life(small_world()).invitations[0].accepted == ("truong-hoa-mai-2012",)


def test_a_ceremony_leaves_out_what_was_taken_back() -> None:
    world = small_world()
    assert [c.record["id"] for c in life(world).ceremonies["le-2019"].commendations] == ["bd-1"]
    world.decide("qd-3", "thu-hoi", amends="qd-2", date="2019-10-01", reason="Ghi nhầm người.", commendations=["bd-1"])
    assert life(world).ceremonies["le-2019"].commendations == ()


def test_a_call_tells_each_idea_of_its_rounds_once() -> None:
    world = small_world()
    call = life(world).emulation_rounds["dt-2019"]

    assert sorted(idea.code for idea in call.ideas) == sorted([DRIP, SOAP, READ])


def test_samples_go_with_the_samples() -> None:
    found = small_world(sample=True).register(without_samples=True).life

    assert (found.emulation_rounds, found.ceremonies, found.outreach, found.support) == ({}, {}, (), ())
    assert (found.thanked, found.plans, found.invitations, found.comments, found.sittings) == ((), {}, (), (), ())
    assert list(found.member_orgs) == ["hoi-nong-dan"]  # it is no sample
