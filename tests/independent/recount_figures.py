"""What each figure of a report counts, as entries: an element that counts once, for which unit, on which day.

An element is named by where it leads: an idea's code, a record's id, a person's id for figures of people; what stands
within a record by its place there, `kt-1/2`. Figures of stock have no day of their own: `stocks` lists what there was
on a day.
"""

from collections.abc import Iterator
from typing import NamedTuple

from recount_books import Books, Folder, Recognition, Record

REGISTER = (
    "y-da-gui", "y-da-xet", "y-duoc-ghi-nhan", "luot-ghi-nhan", "y-duoc-cap-tren-ghi-nhan", "y-bi-thu-hoi",
    "y-duoc-ap-dung", "noi-ap-dung", "noi-nhan-rong", "y-duoc-nhan-rong", "lan-hoi-tham", "con-lam-sau-hoi-tham",
    "tac-gia-ca-nhan", "tac-gia-tap-the", "bieu-duong", "ca-nhan-duoc-bieu-duong", "tap-the-duoc-bieu-duong",
    "nguoi-cua-don-vi-duoc-bieu-duong", "bieu-duong-bi-thu-hoi", "de-nghi-cap-tren", "de-nghi-duoc-ghi-nhan",
    "mo-hinh-moi", "sang-kien-va-mo-hinh-moi", "bai-toan-da-neu", "bai-toan-da-giai", "de-xuat-khcn",
    "de-xuat-co-trien-vong", "dinh-chinh",
)  # fmt: skip
STOCK = ("cau-lac-bo", "thanh-vien-cau-lac-bo", "mo-hinh", "ho-tham-gia-mo-hinh")
REPORTED = (
    "ke-hoach", "dot-thi-dua", "so-ket-tong-ket", "giam-sat-gop-y", "tuyen-truyen", "luot-nguoi-nghe", "nguon-luc",
    "nguon-luc-tien", "nguon-luc-da-dung", "don-vi-duoc-moi", "don-vi-nhan-lam", "buoi-sinh-hoat", "le-bieu-duong",
    "nguoi-du-le", "noi-nhan-rong-mo-hinh", "kiem-tra", "don-vi-duoc-kiem-tra", "dieu-can-lam", "dieu-da-lam", *STOCK,
)  # fmt: skip
# Of an idea honoured higher up more than once in a period, the first day alone says for whom it counts.
FIRST_DAY_ALONE = ("y-duoc-cap-tren-ghi-nhan",)


class Entry(NamedTuple):
    element: str
    unit: str
    day: str
    weight: int = 1
    parts: tuple[str, ...] = ()


Told = tuple[str, Entry]


def entries(books: Books) -> dict[str, list[Entry]]:
    """List all entries of every figure that is no stock."""
    found: dict[str, list[Entry]] = {figure: [] for figure in (*REGISTER, *REPORTED)}
    standing = {f.idea["code"] for f in books.folders if any(not r.revoked_on for r in books.recognitions(f))}
    for folder in books.folders:
        for figure, entry in (*_of_idea(books, folder), *_of_applications(folder, standing)):
            found[figure].append(entry)
    for shelf in (_nominations, _models, _others, _guidance, _outreach, _support, _honouring, _inspections):
        for figure, entry in shelf(books):
            found[figure].append(entry)
    for figure, entry in _commendations(books, standing):
        found[figure].append(entry)
    both = (*found["y-duoc-ghi-nhan"], *found["mo-hinh-moi"])
    found["sang-kien-va-mo-hinh-moi"] = [entry._replace(parts=()) for entry in both]
    return found


def _of_idea(books: Books, folder: Folder) -> Iterator[Told]:
    idea = folder.idea
    code, unit = idea["code"], idea["unit"]
    shelf = (f"noi-dung={idea['content']}", f"loai={idea['kind']}")
    yield "y-da-gui", Entry(code, unit, idea["submitted_on"], parts=shelf)
    for conclusion in folder.conclusions:
        yield "y-da-xet", Entry(code, unit, conclusion["concluded_on"])
    known = books.recognitions(folder)
    for one in known:
        if one.revoked_on:
            yield "y-bi-thu-hoi", Entry(f"{code}/{one.council}", unit, one.revoked_on)
        else:
            yield "luot-ghi-nhan", Entry(f"{code}/{one.council}", unit, one.on)
    standing = [one for one in known if not one.revoked_on]
    if standing:
        yield from _recognised(books, folder, standing, shelf)


def _recognised(books: Books, folder: Folder, standing: list[Recognition], shelf: tuple[str, ...]) -> Iterator[Told]:
    idea = folder.idea
    code, unit, on = idea["code"], idea["unit"], standing[0].on
    parts = (*shelf, f"linh-vuc={idea['field']}", f"xep-loai={standing[-1].rating}")
    yield "y-duoc-ghi-nhan", Entry(code, unit, on, parts=parts)
    if idea["applied"] or folder.applications:
        yield "y-duoc-ap-dung", Entry(code, unit, on)
    for day in books.higher_days(folder):
        yield "y-duoc-cap-tren-ghi-nhan", Entry(code, unit, day)
    for author in idea["authors"]:
        person = books.of("people").get(author["person"])
        if person and person["kind"] == "ca-nhan":
            stratum = (f"tang-lop={person.get('stratum', '')}",)
            yield "tac-gia-ca-nhan", Entry(person["id"], unit, on, parts=stratum)
        elif person:
            yield "tac-gia-tap-the", Entry(person["id"], unit, on)


def _of_applications(folder: Folder, standing: set[str]) -> Iterator[Told]:
    code = folder.idea["code"]
    if code not in standing:
        return
    for application in folder.applications:
        key, unit = f"{code}/{application['number']}", application["unit"]
        yield "noi-ap-dung", Entry(key, unit, application["since"])
        if unit != folder.idea["unit"]:
            yield "noi-nhan-rong", Entry(key, unit, application["since"])
            yield "y-duoc-nhan-rong", Entry(code, unit, application["since"])
        for place, visit in enumerate(application.get("follow_ups", ()), 1):
            yield "lan-hoi-tham", Entry(f"{key}/{place}", unit, visit["date"])
            if visit["still"] != "da-thoi":
                yield "con-lam-sau-hoi-tham", Entry(f"{key}/{place}", unit, visit["date"])


def _commendations(books: Books, standing: set[str]) -> Iterator[Told]:
    all_ = books.of("commendations")
    taken_back: set[str] = set()
    for decision in books.of("decisions").values():
        if decision["kind"] != "thu-hoi":
            continue
        listed = decision.get("commendations", [])
        if not listed and not decision.get("codes"):
            listed = books.of("decisions").get(decision.get("amends", ""), {}).get("commendations", [])
        taken_back.update(listed)
        for key in listed:
            if key in all_:
                yield "bieu-duong-bi-thu-hoi", Entry(key, all_[key]["issuer"], decision["date"])
    for key, record in all_.items():
        codes = record.get("codes", [])
        if key in taken_back or (codes and standing.isdisjoint(codes)):
            continue
        issuer, day = record["issuer"], record["date"]
        yield "bieu-duong", Entry(key, issuer, day, parts=(f"hinh-thuc={record['award']}",))
        person = books.of("people").get(record["person"])
        if person:
            figure = "ca-nhan-duoc-bieu-duong" if person["kind"] == "ca-nhan" else "tap-the-duoc-bieu-duong"
            yield figure, Entry(person["id"], issuer, day)
            yield "nguoi-cua-don-vi-duoc-bieu-duong", Entry(person["id"], person["unit"], day)


def _nominations(books: Books) -> Iterator[Told]:
    for key, record in books.of("nominations").items():
        if record.get("purpose") == "xet-lai" or record["status"] == "dang-soan":
            continue
        if "sent_on" in record:
            yield "de-nghi-cap-tren", Entry(key, record["from_unit"], record["sent_on"])
        if record["status"] == "cong-nhan" and "answered_on" in record:
            yield "de-nghi-duoc-ghi-nhan", Entry(key, record["from_unit"], record["answered_on"])


def _models(books: Books) -> Iterator[Told]:
    for key, record in books.of("models").items():
        yield "mo-hinh-moi", Entry(key, record["unit"], record["since"])
        for place, spread in enumerate(record.get("spread", ()), 1):
            yield "noi-nhan-rong-mo-hinh", Entry(f"{key}/{place}", spread["unit"], spread["since"])


def _others(books: Books) -> Iterator[Told]:
    for key, record in books.of("problems").items():
        yield "bai-toan-da-neu", Entry(key, record["unit"], record["posted_on"])
        if record["status"] == "da-giai" and "closed_on" in record:
            yield "bai-toan-da-giai", Entry(key, record["unit"], record["closed_on"])
    for key, record in books.of("referrals").items():
        if record["status"] != "dang-soan" and "sent_on" in record:
            yield "de-xuat-khcn", Entry(key, record["from_unit"], record["sent_on"])
        if record["status"] == "co-trien-vong" and "answered_on" in record:
            yield "de-xuat-co-trien-vong", Entry(key, record["from_unit"], record["answered_on"])
    for key, record in books.of("decisions").items():
        if record["kind"] == "dinh-chinh":
            yield "dinh-chinh", Entry(key, record["issuer"], record["date"])


def _guidance(books: Books) -> Iterator[Told]:
    for key, record in books.of("plans").items():
        if record.get("purpose", "phong-trao") == "phong-trao":
            yield "ke-hoach", Entry(key, record["unit"], record.get("issued_on", f"{record['year']}-01-01"))
    for key, record in books.of("emulation_rounds").items():
        yield "dot-thi-dua", Entry(key, record["unit"], record["opens_on"])
        for place, review in enumerate(record.get("reviews", ()), 1):
            yield "so-ket-tong-ket", Entry(f"{key}/{place}", record["unit"], review["date"])
    for key, record in books.of("policy_comments").items():
        yield "giam-sat-gop-y", Entry(key, record["unit"], record["date"], parts=(f"loai={record['kind']}",))


def _outreach(books: Books) -> Iterator[Told]:
    for key, record in books.of("outreach").items():
        parts = (f"hinh-thuc={record['form']}", *(f"doi-tuong={audience}" for audience in record["audiences"]))
        yield "tuyen-truyen", Entry(key, record["unit"], record["date"], parts=parts)
        if "reach" in record:
            yield "luot-nguoi-nghe", Entry(key, record["unit"], record["date"], record["reach"])


def _support(books: Books) -> Iterator[Told]:
    for key, record in books.of("sponsorships").items():
        unit = record["unit"]
        yield "nguon-luc", Entry(key, unit, record["date"])
        if "amount" in record:
            yield "nguon-luc-tien", Entry(key, unit, record["date"], record["amount"])
        for place, use in enumerate(record.get("uses", ()), 1):
            yield "nguon-luc-da-dung", Entry(f"{key}/{place}", unit, use["date"], use["amount"])
    for key, record in books.of("invitations").items():
        for asked in record["to"]:
            yield "don-vi-duoc-moi", Entry(f"{key}/{asked['unit']}", record["from_unit"], record["sent_on"])
            if asked.get("answer") == "nhan-lam":
                day = asked.get("answered_on", record["sent_on"])
                yield "don-vi-nhan-lam", Entry(f"{key}/{asked['unit']}", record["from_unit"], day)
    for key, record in books.of("clubs").items():
        for place, activity in enumerate(record.get("activities", ()), 1):
            yield "buoi-sinh-hoat", Entry(f"{key}/{place}", record["unit"], activity["date"])


def _honouring(books: Books) -> Iterator[Told]:
    for key, record in books.of("ceremonies").items():
        yield "le-bieu-duong", Entry(key, record["unit"], record["date"])
        if "attendance" in record:
            yield "nguoi-du-le", Entry(key, record["unit"], record["date"], record["attendance"])


def _inspections(books: Books) -> Iterator[Told]:
    for key, record in books.of("inspections").items():
        by, day = record["by_unit"], record["date"]
        yield "kiem-tra", Entry(key, by, day)
        yield "don-vi-duoc-kiem-tra", Entry(record["unit"], by, day)
        for place, finding in enumerate(record.get("findings", ()), 1):
            yield "dieu-can-lam", Entry(f"{key}/{place}", by, day)
            if "done_on" in finding:
                yield "dieu-da-lam", Entry(f"{key}/{place}", by, day)


def stocks(books: Books, figure: str, day: str) -> list[Entry]:
    """List what a figure of stock finds on a day."""
    shelf, since, until = ("clubs", "founded_on", "closed_on")
    if figure in ("mo-hinh", "ho-tham-gia-mo-hinh"):
        shelf, since, until = ("models", "since", "ended_on")
    there = {
        key: record
        for key, record in books.of(shelf).items()
        if record[since] <= day and (until not in record or record[until] > day)
    }
    weights: dict[str, int | None] = dict.fromkeys(there, 1)
    if figure == "thanh-vien-cau-lac-bo":
        weights = {key: _members(record, day) for key, record in there.items()}
    elif figure == "ho-tham-gia-mo-hinh":
        weights = {key: record.get("households") for key, record in there.items()}
    return [Entry(key, there[key]["unit"], day, weight) for key, weight in weights.items() if weight is not None]


def _members(club: Record, day: str) -> int | None:
    counts = [(count["date"], count["members"]) for count in club.get("counts", ()) if count["date"] <= day]
    return max(counts)[1] if counts else club.get("members")
