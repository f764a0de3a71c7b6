"""Nothing that is not public reaches one byte of the site."""
# ruff: noqa: E501  # records are data and read better a record to a line

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from site_tools import contents, sangkien, unpacked
from site_world import CRITERIA, DRIP, ROUND, SHEETS, SOAP, World, code, picture, small_world

from sangkien.domain import erasure, idea_code, layout
from sangkien.domain.digest import record_digest
from sangkien.workflow.erase import word_for

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site

HIDDEN_IDEAS = {
    way: code(f"H1DE{number:03d}")
    for number, way in enumerate(
        (
            "never-concluded", "supplement", "refused", "not-in-a-decision", "other-council", "refused-later",
            "withdrawn", "withdrawn-with-a-slip", "no-clearance", "faulty", "revoked-with-a-slip",
        )
    )
}  # fmt: skip
ANNOUNCED, REVOKED = code("ANN0VNC"), code("REV0KED")


def secret_idea(world: World, code_: str, word: str, **fields: Any) -> None:
    """Plant an idea every text of which carries a word that must not be published."""
    world.person(f"p-{idea_code.compact(code_)}", f"Kín {word}Ten")
    world.idea(
        code_,
        f"Ý kín {word}Title",
        summary=f"Tóm tắt kín {word}Summary của một ý.",
        before=f"{word}Before",
        after=f"{word}After",
        how_to=f"{word}Step\nLưu ý: {word}Caution",
        statements=dict.fromkeys(CRITERIA, f"{word}Statement"),
        cost={"amount": 7, "note": f"{word}Cost"},
        figures={"label": f"{word}Label", "unit": f"{word}Unit", "before": "1", "after": "2"},
        authors=[{"person": f"p-{idea_code.compact(code_)}", "share": 100}],
        source={"door": "giay", "entered_by": "xa-suoi-mau-2010", "paper": f"{word}Paper"},
        images=[{"file": "kin.jpg", "alt": f"{word}Alt"}],
        **fields,
    )
    world.files[f"{idea_code.folder(code_)}/images/kin.jpg"] = picture(f"{word}Exif", "#102030")
    world.inside(code_, "applications/1", number=1, unit="xa-suoi-mau-2010", since="2019-04-01", result=f"{word}Result")
    world.inside(code_, "corrections/1", number=1, date="2019-08-01", text=f"{word}Correction")


def leaky_world() -> World:  # noqa: PLR0915  # one plant after another
    world = small_world()
    ideas = HIDDEN_IDEAS
    quiet = world.records[layout.path_of("round", ROUND)] | {"id": "dot-kin", "name": "Đợt không báo trước"}
    world.records[layout.path_of("round", "dot-kin")] = quiet
    for number, (way, code_) in enumerate(ideas.items()):
        fields = {"content": "nd4"} if way == "no-clearance" else {}
        if way in ("not-in-a-decision", "other-council"):
            fields = {"round": "dot-kin"}
        secret_idea(world, code_, f"Kin{number:02d}", **fields)
    world.conclude(ideas["supplement"], "bo-sung", reasons="KinReason1")
    world.conclude(ideas["refused"], "khong-cong-nhan", reasons="KinReason2")
    world.conclude(ideas["not-in-a-decision"], reasons="KinReason3", round="dot-kin")
    world.conclude(ideas["other-council"], reasons="KinReason4", round="dot-kin")
    world.decide(
        "qd-kin-1", codes=[ideas["other-council"]], council="hd-khac", title="KinDecisionTitle", number="KinNumber"
    )
    world.put(
        "council",
        "hd-khac",
        name="KinCouncil",
        seats=[
            {
                "seat": "ghe-1",
                "role": "chu-tich",
                "voting": True,
                "terms": [
                    {"from": "2019-01-01", "github_id": 771234567, "person": "p-5ea15ea1", "conflicts": ["p-5ea15ea2"]}
                ],
            }
        ],
    )
    world.person("p-5ea15ea1", "KinSeatHolder")
    world.conclude(ideas["refused-later"], reasons="KinReason5")
    world.conclude(ideas["refused-later"], "khong-cong-nhan", number=2, reasons="KinReason6")
    for way in ("refused-later", "withdrawn", "withdrawn-with-a-slip", "no-clearance", "faulty", "revoked-with-a-slip"):
        if way != "refused-later":
            world.conclude(ideas[way], reasons=f"KinReason-{way}")
    world.decide(
        "qd-kin-2",
        codes=[
            c
            for w, c in ideas.items()
            if w
            in ("refused-later", "withdrawn", "withdrawn-with-a-slip", "no-clearance", "faulty", "revoked-with-a-slip")
        ],
        title="KinDecisionTitle2",
    )
    world.inside(ideas["withdrawn"], "withdrawn", date="2020-01-01", digest="ab" * 32, tokens=["kintoken"])
    slip = world.inside(
        ideas["withdrawn-with-a-slip"], "withdrawn", date="2020-01-01", digest="cd" * 32, tokens=["kintoken2"]
    )
    slip["dat"] = slip.pop("date")
    faulty = world.records[f"{idea_code.folder(ideas['faulty'])}/idea.yml"]
    faulty["after"] = "Kin09After gọi 0912 345 678"
    broken = world.decide(
        "qd-kin-3", "thu-hoi", codes=[ideas["revoked-with-a-slip"]], amends="qd-kin-2", reason="KinRevocation"
    )
    broken["datte"] = broken.pop("date")
    # A stub alone.
    world.inside(code("STVB000"), "withdrawn", date="2020-01-01", digest="ef" * 32, tokens=["kintoken3"])
    # Announced by its code alone; revoked: title and reason alone.
    world.records[layout.path_of("round", ROUND)]["announce"] = True
    secret_idea(world, ANNOUNCED, "KinAnnounced")
    world.conclude(ANNOUNCED, reasons="KinReason7")
    secret_idea(world, REVOKED, "KinRevoked")
    world.records[f"{idea_code.folder(REVOKED)}/idea.yml"]["title"] = "Tựa của ý đã thu hồi"
    world.conclude(REVOKED, reasons="KinReason8")
    world.decide("qd-5", codes=[REVOKED])
    world.decide("qd-6", "thu-hoi", codes=[REVOKED], amends="qd-5", date="2020-01-01", reason="Trùng một ý cũ.")
    # People: hidden, consent taken back, a minor without guardian, faulty, unknown to all.
    gone = {"form": "kin-form", "scope": ["full"], "date": "2019-03-01", "how": "giay", "withdrawn_on": "2020-01-01"}
    world.person("p-9d9d9d9d", "KinHidden Giấu", display="hidden", consents=[], occupation="KinOccupation")
    world.person("p-7a7a7a7a", "KinTakenBack Rút", consents=[gone])
    world.person("p-8a8a8a8a", "KinMinor Nhỏ", minor=True)
    world.person("p-6a6a6a6a", "KinFaulty Sai", display="nope")
    world.person("p-5a5a5a5a", "KinNobody Ai")
    world.person(
        "p-4a4a4a4a",
        "KinInitials Tắt",
        display="initials",
        contact="-----BEGIN AGE ENCRYPTED FILE-----\nKinContact\n-----END AGE ENCRYPTED FILE-----\n",
        contact_opened=[{"date": "2019-04-01", "reason": "KinOpened"}],
        consents=[
            {"form": "kin-form", "scope": ["initials"], "date": "2019-03-01", "how": "giay", "proof": "KinProof"}
        ],
    )
    # What people asked about their own data.
    world.put("data_request", "yc-2019-7", people=["p-0a1b2c3d"], kind="xem", received_on="2019-03-01", door="giay",
              extension={"date": "2019-03-02", "days": 1, "reason": "KinExtended"},
              closed={"date": "2019-03-03", "outcome": "khong-lam", "reason": "KinClosed"})  # fmt: skip
    drip = world.records[f"{idea_code.folder(DRIP)}/idea.yml"]
    people = ("p-9d9d9d9d", "p-7a7a7a7a", "p-8a8a8a8a", "p-6a6a6a6a", "p-4a4a4a4a")
    drip["authors"] = [*({"person": p, "share": 10} for p in people), {"person": "p-0a1b2c3d", "share": 50}]
    drip["source"] = {"door": "giay", "entered_by": "xa-suoi-mau-2010", "paper": "KinPaper"}
    world.conclude(DRIP)
    world.commend("bd-kin-1", "p-9d9d9d9d", "qd-7", reason="Khen kín đáo.", codes=[DRIP])
    world.commend("bd-kin-2", "p-0a1b2c3d", "qd-8", reason="KinCommended", codes=[ideas["not-in-a-decision"]])
    world.commend("bd-kin-3", "p-0a1b2c3d", "qd-9", reason="KinCommendedRevoked", codes=[REVOKED])
    # Registers that name what is not public.
    for kind, key in (("club", "clb-nghi-cung-nhau"), ("model", "mh-ap-tuoi")):
        world.records[layout.path_of(kind, key)]["codes"] = [ideas["never-concluded"], ANNOUNCED, REVOKED, DRIP]
    world.put("session", "phien-kin", council="hd-suoi-mau", date="2019-06-10", place="KinPlace", present=["ghe-1"],
              absent=[{"seat": "ghe-2", "reason": "KinAbsent"}], agenda=[ideas["refused"]], chair="ghe-1", secretary="ghe-1")  # fmt: skip
    for number, status in enumerate(("dang-soan", "da-gui", "khong-cong-nhan")):
        world.put("nomination", f"dn-kin-{number}", title="tieu-bieu", code=SOAP, from_unit="xa-suoi-mau-2010",
                  to_unit="huyen-mau-2003", sent_on="2019-09-01", status=status, answered_on="2019-10-01", answer=f"KinAnswer{number}")  # fmt: skip
    world.put(
        "plan",
        "kh-kin",
        unit="xa-suoi-mau-2010",
        year=2019,
        title="KinPlan",
        legal_bases=[],
        tasks=[{"what": "KinTask", "owner": "KinOwner"}],
    )
    world.put("member_org", "hoi-kin", name="KinOrg", valid_from="2000-01-01")
    lists: Any = world.records[layout.path_of("lists", "lists")]
    lists["office_contacts"] = [{"value": "0251 3 111 222", "reason": "KinContactReason"}]
    lists["code_deny"] = ["KXNDENY"[:3]]
    return world


# Figures of single ballots and accounts, unless the round publishes marks.
REVIEW_DATA = (
    "880001",
    "990001",
    "990002",
    "770001",
    "771234567",
    "50,41",
    "50.41",
    "52.58",
    "35.17",
    "85.58",
    "89.98",
    "ghe-1",
)
HIDDEN_PEOPLE = (
    "p-9d9d9d9d",
    "p-7a7a7a7a",
    "p-8a8a8a8a",
    "p-6a6a6a6a",
    "p-5a5a5a5a",
    "p-4a4a4a4a",
    "p-5ea15ea1",
    "p-5ea15ea2",
)


@pytest.mark.parametrize("without_samples", [False, True])
def test_nothing_hidden_is_published(stamped: Any, without_samples: bool) -> None:
    files, outcome = stamped(leaky_world(), without_samples=without_samples, site_url="https://vi-du.example/")
    everything = b"\n".join([path.encode() + b"\n" + data for path, data in files.items()])
    everything = re.sub(rb";base64,[\w+/=]+", b"", everything)  # letters by chance

    assert sorted(set(re.findall(rb"[Kk][Ii][Nn][A-Z0-9]\w*", everything))) == []
    assert [word for word in ("kintoken", "SECRET-GPS", "kin.webp", *REVIEW_DATA) if word.encode() in everything] == []
    pages = b"".join(data for path, data in files.items() if path.endswith(".html"))
    assert [figure for figure in ("51,47", "36,28", "87,75") if figure.encode() in pages] == []
    assert [person for person in HIDDEN_PEOPLE if person.encode() in everything] == []
    assert b"yc-2019-7" not in everything
    for code_ in HIDDEN_IDEAS.values():
        assert code_.encode() not in everything
        assert idea_code.compact(code_).encode() not in everything
    # What may be seen of them, so that the test itself is known to look.
    assert everything.count(ANNOUNCED.encode()) == 1
    assert idea_code.compact(ANNOUNCED).encode() not in everything
    assert "Tựa của ý đã thu hồi".encode() in files[f"ghi-nhan/2019/{idea_code.compact(REVOKED)}/index.html"]
    assert "Trùng một ý cũ.".encode() in everything
    assert "K.T." in everything.decode(errors="replace")
    assert outcome.ideas == 3
    assert f"{idea_code.folder(HIDDEN_IDEAS['withdrawn-with-a-slip'])}/idea.yml" in outcome.withheld


ERASED = {
    "p-0a1b2c3d": ("Nguyễn Zắcmôn Anquỹ", "tac-gia/p-0a1b2c3d/"),
    "p-2c2c2c2c": ("Tổ Vươnzanh", "tap-the/p-2c2c2c2c/"),
}
TRACES = ("zắcmôn", "zacmon", "anquỹ", "anquy", "vươnzanh", "vuonzanh", "N.Z.A.")


def naming(files: dict[str, bytes]) -> set[str]:
    """List the files in which a name of those erased stands, however it is written, packed or printed."""
    found = set()
    for path, data in files.items():
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                said = b"\n".join(book.read(part) for part in book.namelist())
        else:
            said = data
        text = said.decode("utf-8", "replace")
        if any(trace.lower() in text.lower() for trace in TRACES):
            found.add(path)
    return found


def test_who_is_erased_is_named_nowhere(stamped: Any) -> None:
    world = small_world()
    for key, (name, _) in ERASED.items():
        world.records[layout.path_of("person", key)]["name"] = name
    before, _ = stamped(world, site_url="https://vi-du.example/")
    for key in ERASED:
        record: Any = world.records[layout.path_of("person", key)]
        world.records[layout.path_of("person", key)] = dict(erasure.erased(record, "2026-11-29", word_for(record)))
    after, outcome = stamped(world, site_url="https://vi-du.example/")

    # The scanner sees the names in every kind of place they stood in.
    seen = naming(before)
    assert {path.partition("/")[0] for path in seen} >= {"tac-gia", "tap-the", "ghi-nhan", "tim-kiem", "dot", "don-vi"}
    assert {Path(path).suffix for path in seen} >= {".html", ".json", ".txt", ".png", ".jpg", ".pdf"}
    assert naming(after) == set()
    assert outcome.withheld == ()
    assert outcome.ideas == 3
    pages = [{path for path in files if path.endswith(".html")} for files in (before, after)]
    assert pages[0] == pages[1]  # every address answers as it did
    for key, (_, address) in ERASED.items():
        page = after.pop(f"{address}index.html").decode()
        assert "đã yêu cầu ẩn danh" in page
        assert re.search(r'name="?robots"? content="?noindex', page)
        assert "ghi-nhan/2019" not in page  # nothing leads from who was erased to what they did
        assert [path for path, data in after.items() if key.encode() in data or key in path] == []
    idea = after[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode()
    assert "tác giả không công khai tên" in idea.lower()  # one hidden, one erased: told as one
    assert "Tập thể đã yêu cầu ẩn danh" in after[f"ghi-nhan/2019/{idea_code.compact(SOAP)}/index.html"].decode()


def test_marks_only_where_the_round_publishes_them(stamped: Any) -> None:
    world = small_world()
    world.records[layout.path_of("round", ROUND)]["publish_marks"] = True
    files, _ = stamped(world)
    page = files[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode()

    assert "51,47/60" in page
    assert "87,75/100" in page
    assert not any(word in page for word in ("ghe-1", "880001", "770001"))


def published(files: dict[str, bytes]) -> tuple[dict[str, Any], bytes]:
    """Give the first recognition told of the drip, and all data beside the pages."""
    register = json.loads(files["du-lieu/register.json"])
    idea = next(idea for idea in register["ideas"] if idea["code"] == DRIP)
    return idea["conclusions"][0], b"".join(
        data for path, data in files.items() if path.endswith((".json", ".json.gz"))
    )


def test_closed_register_tells_aggregates_unless_the_round_publishes_marks(stamped: Any) -> None:
    told, data = published(stamped(small_world())[0])

    assert (told["marks"], told["total"]["mean"], "counted" in told) == ("aggregates", "87.75", False)
    assert not any(word.encode() in data for word in REVIEW_DATA)


def test_closed_register_tells_marks_without_members(stamped: Any) -> None:
    orders = set()
    for reason in ("Dễ làm.", "Ít tốn.", "Đỡ mệt.", "Đỡ nước.", "Gọn."):
        world = small_world()
        world.records[layout.path_of("round", ROUND)]["publish_marks"] = True
        world.conclude(DRIP, reasons=reason)
        files, _ = stamped(world)
        told, data = published(files)
        assert sorted(tuple(sheet["marks"].values()) for sheet in told["counted"]) == sorted(s[:2] for s in SHEETS)
        assert all(set(sheet) == {"marks", "total", "verdict"} for sheet in told["counted"])
        assert not any(word in data for word in (b"ghe-", b"8800", b"7700", b"9900", b'"p-', b"github"))
        orders.add(tuple(sheet["total"] for sheet in told["counted"]))

    assert len(orders) > 1  # the place of a sheet does not follow its seat


def test_open_register_tells_who_gave_which_marks(stamped: Any) -> None:
    world = small_world()
    world.records[layout.path_of("movement", "movement")]["topology"] = "open"
    files, _ = stamped(world)
    told, _ = published(files)
    shelf = json.loads(files[f"du-lieu/kiem-dem/{idea_code.compact(DRIP)[:2]}.json.gz"])
    (record,) = (i["conclusions"][0]["record"] for i in shelf["ideas"] if i["code"] == DRIP)

    assert [(s["seat"], *s["marks"].values(), s["total"]) for s in told["counted"]] == [
        (f"ghe-{n}", *sheet) for n, sheet in enumerate(SHEETS, 1)
    ]
    assert "github" not in str(told)
    assert record_digest(record) == told["digest"]


def test_samples_say_so_and_can_be_left_out(stamped: Any) -> None:
    with_samples, _ = stamped(small_world(sample=True))
    without, outcome = stamped(small_world(sample=True), without_samples=True)

    for path, data in with_samples.items():
        if path.endswith(".html"):
            assert re.search(rb'name="?robots"? content="?noindex', data), path
            assert "Trang minh họa".encode() in data, path
    assert outcome.ideas == 0
    for path, data in without.items():
        if path.endswith(".html"):
            assert b"noindex" not in data, path
            assert "hồ sơ mẫu".encode() not in data.lower(), path
            assert b"B8M4-R0XT" not in data, path


def test_withheld_record_is_listed_and_the_rest_is_built(stamped: Any) -> None:
    world = small_world()
    drip = world.records[f"{idea_code.folder(DRIP)}/idea.yml"]
    drip["summary"] = "Xin gọi 0912 345 678 để hỏi thêm về cách làm."
    world.conclude(DRIP)
    files, outcome = stamped(world)

    assert outcome.withheld == (f"{idea_code.folder(DRIP)}/idea.yml",)
    assert outcome.ideas == 2
    assert b"0912" not in b"".join(files.values())


def test_written_page_with_a_phone_number_waits(tmp_path: Path) -> None:
    root = small_world().write(tmp_path / "world")
    guide = root / "content" / "huong-dan" / "index.md"
    guide.parent.mkdir()
    guide.write_text("# Hướng dẫn\n\nXin gọi 0912 345 678.\n", encoding="utf-8")
    home = root / "content" / "index.md"
    home.write_text(home.read_text(encoding="utf-8") + "\nHay gọi 0913 456 789.\n", encoding="utf-8")
    run = sangkien(root, "publish", "--out", str(tmp_path / "site"))
    files = {path: unpacked(path, data) for path, data in contents(tmp_path / "site").items()}

    assert run.returncode == 0
    assert "content/huong-dan/index.md" in run.stdout
    assert not any(b"0912" in data or b"0913" in data for data in files.values())
    assert "Trang đang được xem lại".encode() in files["huong-dan/index.html"]
    assert b'href="./ghi-nhan/"' in files["index.html"]
