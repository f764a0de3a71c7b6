"""What an invented movement does beside judging ideas: it commends, tells, helps, honours and inspects."""

from collections.abc import Sequence
from typing import Any, Protocol

from history_ground import DISTRICT, FIRST, FORMS, OLD_END, Ground, Record, city_of

YEARS = tuple(range(FIRST, 2027))
OFFICES = ("xa", "xa", "phuong", "thi-tran", "huyen")


class Chancery(Protocol):
    """Who writes decisions down."""

    def decision(self, key: str, kind: str, date: str, issuer: str, **fields: Any) -> Record: ...
    def amend(self, key: str, kind: str, date: str, amended: Record, **fields: Any) -> Record: ...


def activities(ground: Ground, recognised: Sequence[str], chancery: Chancery) -> None:
    """Shelve records of every kind that comes after recognition."""
    _commendations(ground, recognised, chancery)
    for make in (_guidance, _outreach, _sponsorships, _clubs, _models, _inspections):
        for number in range(40):
            make(ground, number)
    for number in range(20):
        _ceremony(ground, number)
        _exchange(ground, number, recognised)
        _problem(ground, number, recognised)
    for number in range(4):
        day = ground.day(2019)
        record = ground.put(
            "outreach", f"tt-mau-{number}", unit=ground.unit(day), date=day, form="loa", title="Mẫu",
            audiences=["nhan-dan"], reach=50,
        )  # fmt: skip
        record["sample"] = True


def _commendations(ground: Ground, recognised: Sequence[str], chancery: Chancery) -> None:
    r = ground.random
    decided: list[Record] = []
    for number in range(30):
        day = ground.day(r.choice(YEARS))
        issuer = ground.unit(day, *OFFICES) if ground.chance(0.7) else city_of(day)
        high = ground.units[issuer]["level"] in ("tinh", "thanh-pho")
        keys = []
        for place in range(r.choice((1, 2, 3))):
            award = r.choice(("bieu-duong", "bang-khen" if high else "giay-khen"))
            codes = r.sample(list(recognised), r.choice((1, 2))) if ground.chance(0.5) else None
            made = ground.put(
                "commendation", f"bd-{number}-{place}", award=award, person=r.choice(ground.people), date=day,
                issuer=issuer, reason="Có nhiều việc hay.", codes=codes,
            )  # fmt: skip
            keys.append(made["id"])
        if ground.chance(0.85):
            decided.append(chancery.decision(f"kt-{number}", "khen-thuong", day, issuer, commendations=keys))
    for number, decision in enumerate(r.sample(decided, 6)):
        whole = number < 3
        kind = "dinh-chinh" if number == 5 else "thu-hoi"
        listed = None if whole else decision["commendations"][:1]
        date = ground.later(decision["date"], 1 if number == 4 else 700)
        if date <= ground.units[decision["issuer"]].get("valid_to", "9999"):
            chancery.amend(f"bdth-{number}", kind, date, decision, commendations=listed)
        elif whole:
            chancery.amend(f"bdth-{number}", kind, date, decision)


def _guidance(ground: Ground, number: int) -> None:
    r = ground.random
    day = ground.day(r.choice(YEARS))
    unit = ground.unit(day, *OFFICES)
    purpose = r.choice((None, "phong-trao", "pho-bien", "kiem-tra"))
    year = int(day[:4])
    is_whole_year = ground.units[unit]["valid_from"] <= f"{year}-01-01"
    issued = None if is_whole_year and ground.chance(0.3) else day
    ground.put(
        "plan", f"kh-{number}", unit=unit, year=year, purpose=purpose, title="Kế hoạch", issued_on=issued,
        legal_bases=[], tasks=[],
    )  # fmt: skip
    if number % 3 == 0:
        closes = ground.later(day, 300)
        reviews: list[Record] = [
            {"kind": "so-ket", "date": ground.later(day, 150, closes)},
            {"kind": "tong-ket", "date": ground.later(closes, 90)},
        ][: r.randint(0, 2)]
        ground.put(
            "emulation_round", f"td-{number}", name="Đợt", unit=unit, opens_on=day, closes_on=closes,
            reviews=reviews or None,
        )  # fmt: skip
    kind = r.choice(("giam-sat", "gop-y", "phan-bien", "tham-muu"))
    ground.put("policy_comment", f"gy-{number}", unit=unit, kind=kind, date=day, subject="Một dự thảo")


def _outreach(ground: Ground, number: int) -> None:
    r = ground.random
    day = ground.day(r.choice(YEARS))
    ground.put(
        "outreach", f"tt-{number}", unit=ground.unit(day), date=day, form=r.choice(FORMS), title="Buổi nói chuyện",
        audiences=["nhan-dan"], reach=r.choice((None, 0, r.randint(1, 300))),
    )  # fmt: skip


def _sponsorships(ground: Ground, number: int) -> None:
    r = ground.random
    day = ground.day(r.choice(YEARS))
    uses = [
        {"date": ground.later(day, 500), "what": "Mua giống", "amount": r.randint(0, 9) * 100}
        for _ in range(r.randint(0, 2))
    ]
    amount = r.randint(20, 50) * 100 if uses or ground.chance(0.5) else None
    ground.put(
        "sponsorship", f"tr-{number}", unit=ground.unit(day), date=day, donor=r.choice(ground.people), amount=amount,
        in_kind=None if amount else "Hai máy bơm", purpose="Giúp làm thử",
        uses=sorted(uses, key=lambda use: str(use["date"])) or None,
    )  # fmt: skip


def _clubs(ground: Ground, number: int) -> None:
    if number % 2:
        return
    r = ground.random
    day = ground.day(r.choice(YEARS))
    closed = ground.later(day, 2500) if ground.chance(0.4) else None
    until = closed or "2026-11-20"
    counted = sorted({ground.later(day, 2000, until) for _ in range(r.randint(0, 3))})
    met = sorted(ground.later(day, 1500, until) for _ in range(r.randint(0, 4)))
    ground.put(
        "club", f"clb-{number}", name="Câu lạc bộ", unit=ground.unit(day), founded_on=day, closed_on=closed,
        members=r.choice((None, r.randint(5, 40))), summary="Cùng làm.",
        counts=[{"date": one, "members": r.randint(0, 60)} for one in counted] or None,
        activities=[{"date": one, "what": "Họp"} for one in met] or None,
    )  # fmt: skip


def _models(ground: Ground, number: int) -> None:
    if number % 2:
        return
    r = ground.random
    day = ground.day(r.choice(YEARS))
    spread: dict[str, Record] = {}
    for _ in range(r.randint(0, 2)):
        since = ground.later(day, 1200)
        unit = ground.unit(since)
        spread.setdefault(unit, {"unit": unit, "since": since})
    ended = ground.later(max([day, *(str(s["since"]) for s in spread.values())]), 1500) if ground.chance(0.3) else None
    ground.put(
        "model", f"mh-{number}", name="Mô hình", unit=ground.unit(day), since=day, ended_on=ended,
        households=r.choice((None, 0, r.randint(1, 90))), spread=list(spread.values()) or None, summary="Cùng làm.",
    )  # fmt: skip


def _inspections(ground: Ground, number: int) -> None:
    r = ground.random
    day = ground.day(r.choice(YEARS))
    by = DISTRICT if day <= OLD_END and ground.chance(0.6) else city_of(day)
    findings: list[Record] = []
    for _ in range(r.randint(0, 3)):
        done = {"done_on": ground.later(day, 400)} if ground.chance(0.5) else {}
        findings.append({"what": "Cần ghi sổ đủ"} | done)
    ground.put(
        "inspection", f"kt-{number}", by_unit=by, unit=ground.unit(day, "xa", "thi-tran", "phuong"), date=day,
        checklist=[{"item": "ke-hoach", "result": "dat"}], findings=findings or None,
    )  # fmt: skip


def _problem(ground: Ground, number: int, recognised: Sequence[str]) -> None:
    r = ground.random
    day = ground.day(r.choice(YEARS))
    status = r.choice(("dang-cho", "da-giai", "da-giai", "thoi"))
    ground.put(
        "problem", f"bt-{number}", unit=ground.unit(day), posted_on=day, title="Một việc khó", need="Cần cách làm.",
        status=status, closed_on=None if status == "dang-cho" else ground.later(day, 500),
        codes=[r.choice(recognised)] if status == "da-giai" else None,
    )  # fmt: skip


def _ceremony(ground: Ground, number: int) -> None:
    r = ground.random
    day = ground.day(r.choice(YEARS))
    unit = ground.unit(day, *OFFICES) if ground.chance(0.7) else city_of(day)
    attendance = r.choice((None, 0, r.randint(10, 200)))
    ground.put("ceremony", f"le-{number}", name="Lễ biểu dương", unit=unit, date=day, attendance=attendance)


def _exchange(ground: Ground, number: int, recognised: Sequence[str]) -> None:
    """Invite units to take up an idea, and refer one to the science council."""
    r = ground.random
    day = ground.day(r.choice(YEARS[3:]))
    known = [code for code in recognised if code[:4] < day[:4]]
    if not known:
        return
    low = DISTRICT if day <= OLD_END else ground.unit(day, "xa", "phuong")
    asked = sorted({ground.unit(day, "xa", "thi-tran", "phuong") for _ in range(3)})
    to: list[Record] = []
    for unit in asked:
        answer = r.choice((None, "nhan-lam", "khong-lam"))
        told = {"answer": answer} | ({"answered_on": ground.later(day, 200)} if ground.chance(0.6) else {})
        to.append({"unit": unit} | (told if answer else {}))
    ground.put("invitation", f"tm-{number}", from_unit=low, sent_on=day, codes=[r.choice(known)], to=to)
    status = r.choice(("dang-soan", "da-gui", "co-trien-vong", "khong-co-trien-vong"))
    is_answered = status in ("co-trien-vong", "khong-co-trien-vong")
    ground.put(
        "referral", f"gt-{number}", code=r.choice(known), from_unit=low, to_unit=city_of(day), to_body="Hội đồng KH&CN",
        status=status, sent_on=None if status == "dang-soan" else day,
        answered_on=ground.later(day, 300) if is_answered else None,
    )  # fmt: skip
