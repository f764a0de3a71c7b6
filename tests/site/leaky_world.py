"""A world with a word planted in every place that nobody outside may see: each begins with Kin and a capital or digit."""
# ruff: noqa: E501  # records are data and read better a record to a line

from typing import Any

from site_world import CRITERIA, DRIP, ROUND, SOAP, World, code, picture, small_world

from sangkien.domain import idea_code, layout

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
            {"form": "kin-form", "scope": ["initials"], "date": "2019-03-01", "how": "giay", "kept_at": "KinProof"}
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
    world.commend("bd-kin-4", "p-0a1b2c3d", "qd-10", reason="KinTakenBackReason")
    world.decide("qd-11", "thu-hoi", amends="qd-10", commendations=["bd-kin-4"], date="2020-01-01", reason="Ký nhầm.")
    # What only the office and the council of science know; what is concluded and not yet decided.
    world.records[f"{idea_code.folder(DRIP)}/applications/1.yml"]["confirmation"]["kept_at"] = "KinKeptAt"
    science = {"from_unit": "xa-suoi-mau-2010", "to_unit": "tinh-mau-1991", "to_body": "KinBody", "topic": "KinTopic"}
    asked = {"reason": "KinWhy", "sent_on": "2019-09-01", "answered_on": "2019-10-01", "answer": "KinAnswered"}
    undecided = ideas["not-in-a-decision"]
    world.put("referral", "dx-kin-0", code=SOAP, status="dang-soan", reason="KinDraft", **science)
    world.put("referral", "dx-kin-1", code=SOAP, status="khong-co-trien-vong", **science, **asked)
    world.put("referral", "dx-kin-2", code=undecided, status="co-trien-vong", **science, **asked)
    world.records[f"{idea_code.folder(SOAP)}/idea.yml"]["builds_on"] = [undecided, REVOKED, DRIP]
    world.put("problem", "bt-kin", unit="xa-suoi-mau-2010", posted_on="2019-02-01", title="Bài toán có lời giải kín",
              need="Chưa kể được.", status="da-giai", closed_on="2019-12-01", codes=[undecided, REVOKED])  # fmt: skip
    # Registers that name what is not public.
    for kind, key in (("club", "clb-nghi-cung-nhau"), ("model", "mh-ap-tuoi")):
        world.records[layout.path_of(kind, key)]["codes"] = [ideas["never-concluded"], ANNOUNCED, REVOKED, DRIP]
    world.put("session", "phien-kin", council="hd-suoi-mau", date="2019-06-10", place="KinPlace", present=["ghe-1"],
              absent=[{"seat": "ghe-2", "reason": "KinAbsent"}], agenda=[ideas["refused"]], chair="ghe-1", secretary="ghe-1")  # fmt: skip
    for number, status in enumerate(("dang-soan", "da-gui", "khong-cong-nhan")):
        world.put("nomination", f"dn-kin-{number}", title="tieu-bieu", code=SOAP, from_unit="xa-suoi-mau-2010",
                  to_unit="huyen-mau-2003", sent_on="2019-09-01", status=status, answered_on="2019-10-01", answer=f"KinAnswer{number}")  # fmt: skip
    # Inspections and their plans, what was given by whom, and who did not take an idea up.
    world.put("plan", "kh-kin", unit="xa-suoi-mau-2010", year=2019, purpose="kiem-tra", title="KinPlan", legal_bases=[],
              tasks=[{"what": "KinTask", "owner": "KinOwner"}])  # fmt: skip
    world.put("inspection", "kt-kin", unit="truong-hoa-mai-2012", by_unit="xa-suoi-mau-2010", date="2019-09-01",
              checklist=[{"item": "ke-hoach", "result": "chua-dat", "note": "KinNote"}], conclusion="KinInspected",
              findings=[{"what": "KinFinding", "action": "KinAction"}])  # fmt: skip
    for number, person in enumerate((*people, "p-0a1b2c3d")):  # the last is named in full, but never said yes to thanks
        world.put("sponsorship", f"gop-kin-{number}", unit="xa-suoi-mau-2010", date="2019-10-01", donor=person,
                  in_kind="KinThing", purpose="Quà", thanks=True)  # fmt: skip
    world.records[layout.path_of("outreach", "tt-2019-1")]["codes"] = [DRIP, ideas["never-concluded"], ideas["refused"]]
    # What names an idea that was never recognised is withheld as a whole, and would show nothing of it anyway.
    concluded = [undecided, ideas["other-council"], ideas["no-clearance"], ideas["withdrawn"], REVOKED]
    world.records[layout.path_of("invitation", "moi-2019")]["codes"] = [DRIP, *concluded]
    world.records[layout.path_of("invitation", "moi-2019")]["to"].append(
        {"unit": "tinh-mau-1991", "answer": "khong-lam", "note": "KinRefusal"}
    )
    # Read out, called to and planned for are also what is not public, and what was taken back.
    world.records[layout.path_of("ceremony", "le-2019")]["decisions"] = ["qd-1", "qd-2", "qd-7", "qd-9", "qd-10"]
    world.records[layout.path_of("emulation_round", "dt-2019")]["rounds"].append("dot-kin")
    spreading: Any = world.records[layout.path_of("plan", "kh-2019-pho-bien")]
    spreading["tasks"] += [{"what": "Chỉ tận nhà", "owner": "Câu lạc bộ", "code": hidden} for hidden in concluded]
    # What offices report is told to those above them alone.
    prose = {
        part: f"KinReport-{part}"
        for part in ("guidance", "results", "strengths", "weaknesses", "causes", "directions", "proposals")
    }
    for number, status in enumerate(("nhap", "da-gui", "tra-lai"), 1):
        days = {"da-gui": {"sent_on": "2019-06-10"}, "tra-lai": {"sent_on": "2019-06-10", "returned_on": "2019-06-12"}}
        world.put("report", f"bc-xa-suoi-mau-2010-2019-h1-{number}", unit="xa-suoi-mau-2010", period="2019-H1", number=number,
                  status=status, document={"number": "KinReportNumber"}, figures=[{"figure": "kiem-tra", "value": 7, "why": "KinReportWhy"}],
                  **prose, **days.get(status, {}))  # fmt: skip
    lists: Any = world.records[layout.path_of("lists", "lists")]
    lists["inspection_items"] = [{"id": "ke-hoach", "name": "KinItem"}]
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
