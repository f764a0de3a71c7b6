"""The ground an invented history stands on: units with all their changes, lists, councils, people.

A district of ten communes: one becomes a town in 2019; in 2025 the district goes, three communes become one, one joins
a neighbour's heir, one is split, two come from the neighbour; in 2026 the province becomes a city, a commune a ward.
"""

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from places import ROOT
from sangkien.domain import conclusion, idea_code, layout, notation
from sangkien.domain.schema import SchemaSet
from sangkien.workflow.ballot import tally

Record = dict[str, Any]
OLD_END, NEW, CITY_EVE, CITY = "2025-06-30", "2025-07-01", "2026-04-29", "2026-04-30"
TODAY = "2026-11-20"
FIRST = 2015
DISTRICT, NEIGHBOUR = "huyen-suoi-2003", "huyen-doi-2003"
PROVINCE, FAR = "tinh-bac-1990", "tinh-nam-1990"
LATER_PROVINCE, METROPOLIS = "tinh-bac-2025", "thanh-pho-bac-2026"
TOWN, MERGED, WARD = "thi-tran-muoi-2019", "xa-hop-2025", "phuong-moi-2026"
CONTENTS, FIELDS, STRATA = ("nd1", "nd2", "nd3", "nd4", "nd5"), ("nong-nghiep", "giao-duc"), ("nong-dan", "giao-vien")
KINDS, FORMS = ("sang-kien", "y-tuong-moi", "cach-lam-moi"), ("loa", "bao-dai")
CRITERIA = ("tinh-moi", "tinh-kinh-te")
# Council → its unit and the first day of its seats.
COUNCILS = {
    "hd-huyen": (DISTRICT, "2015-01-01"),
    "hd-tinh": (PROVINCE, "2015-01-01"),
    "hd-moi": (LATER_PROVINCE, NEW),
    "hd-xa": (MERGED, NEW),
}
_LEVELS = {
    "tinh": 1, "thanh-pho": 1, "huyen": 2, "xa": 3, "phuong": 3, "thi-tran": 3,
    "truong": 0, "hop-tac-xa": 0, "kieu-bao": 0,
}  # fmt: skip
_HEIRS = {
    MERGED: ("mot", "hai", "ba"),
    "xa-moi-2025": ("bon",),
    "xa-khac-2025": ("doi-mot", "nam"),
    "xa-sau-tay-2025": ("sau",),
    "xa-sau-dong-2025": ("sau", "bay"),
    "xa-thong-2025": ("tam", "doi-hai", "doi-ba"),
    "xa-chin-2025": ("chin",),
}


class Ground:
    """Records on their way to a folder, by path; all chance comes from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.records: dict[str, Record] = {}
        self.units: dict[str, Record] = {}
        self.people: list[str] = []
        self.lists: Record = {}
        for make in (_lists, _units, _shelves, _people):
            make(self)

    def put(self, kind: str, key: str, /, **fields: Any) -> Record:
        """Shelve a register's record; a field that is None is left out."""
        record = {"version": 1} | ({} if kind in layout.SINGLE else {"id": key})
        record |= {name: value for name, value in fields.items() if value is not None}
        self.records[layout.path_of(kind, key)] = record
        return record

    def write(self, root: Path) -> None:
        for path, record in self.records.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(notation.write(record), encoding="utf-8")
        shutil.copytree(ROOT / "schemas", root / "schemas")

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def day(self, year: int) -> str:
        """Choose a day of a year, the last one's as far as it has come."""
        last = date.fromisoformat(min(f"{year}-12-31", TODAY))
        return str(date(year, 1, 1) + timedelta(self.random.randrange(last.timetuple().tm_yday)))

    def later(self, day: str, most: int, until: str = TODAY) -> str:
        """Choose a day some time after another, and not after `until` where that may be."""
        return max(day, min(until, str(date.fromisoformat(day) + timedelta(self.random.randint(1, most)))))

    def unit(self, day: str, *levels: str) -> str:
        """Choose a unit in force on a day, of some levels or of any below the provinces."""
        levels = levels or ("xa", "xa", "phuong", "thi-tran", "truong", "hop-tac-xa", "huyen", "kieu-bao")
        return self.random.choice(
            [
                key
                for key, unit in self.units.items()
                if unit["level"] in levels and unit["valid_from"] <= day <= unit.get("valid_to", "9999")
            ]
        )

    def code(self, year: int) -> str:
        """Choose a code nobody has."""
        while True:
            code = idea_code.make(year, "".join(self.random.choices(idea_code.ALPHABET, k=7)))
            if f"{idea_code.folder(code)}/idea.yml" not in self.records:
                return code


def city_of(day: str) -> str:
    """Name the province, or the city it became."""
    return PROVINCE if day <= OLD_END else LATER_PROVINCE if day <= CITY_EVE else METROPOLIS


def _lists(ground: Ground) -> None:
    levels = [
        {"id": key, "name": key, "group": "dia-ban", "rank": rank}
        if rank
        else {"id": key, "name": key, "group": "truong-hoc" if key == "truong" else "doanh-nghiep"}
        for key, rank in _LEVELS.items()
    ]
    figures: list[Record] = [
        {
            "id": "nguoi-tham-gia",
            "name": "Người tham gia",
            "measure": "người",
            "section": "chi-dao",
            "from": "2015-01-01",
        },
        {"id": "loi", "name": "Giá trị làm lợi", "measure": "đồng", "section": "noi-dung", "from": "2018-07-01"},
        {"id": "to", "name": "Tổ", "measure": "tổ", "section": "ho-tro", "stock": True, "from": "2015-01-01"},
        {"id": "cu", "name": "Số cũ", "measure": "số", "section": "chi-dao", "from": "2015-01-01", "to": "2019-12-31"},
    ]
    half = {"kind": "sau-thang", "from_levels": ["xa", "thi-tran", "phuong"], "due": "06-30", "from": "2015-01-01"}
    low, high = ["xa", "thi-tran", "phuong", "huyen"], ["tinh", "thanh-pho"]
    ground.lists = ground.put(
        "lists", "lists", levels=levels, strata=[{"id": one, "name": one} for one in STRATA],
        awards=[
            {"id": "bieu-duong", "name": "Biểu dương", "issuer_levels": [*low, *high]},
            {"id": "giay-khen", "name": "Giấy khen", "issuer_levels": low},
            {"id": "bang-khen", "name": "Bằng khen", "issuer_levels": high},
        ],
        titles=[{"id": "tieu-bieu", "name": "Gương tiêu biểu"}], code_deny=[], office_contacts=[],
        consent_forms=[{"id": "dong-y-2015-1", "from": "2015-01-01"}],
        outreach_forms=[{"id": form, "name": form} for form in FORMS],
        audiences=[{"id": "nhan-dan", "name": "Nhân dân"}],
        inspection_items=[{"id": "ke-hoach", "name": "Có kế hoạch"}], report_figures=figures,
        report_calendar=[half, half | {"kind": "nam", "from_levels": low, "due": "12-15"}],
    )  # fmt: skip
    ground.put(
        "movement", "movement", name="Phong trào thử", short_name="Phong trào thử", site_title="Bảng vàng thử",
        site_description="Trang dùng để thử chương trình.", organiser="Nơi thử", unit=DISTRICT,
        time_zone="Asia/Ho_Chi_Minh", topology="open", clearance_contents=["nd4"],
    )  # fmt: skip


def _units(ground: Ground) -> None:
    def put(
        key: str,
        until: str | None,
        *parents: tuple[str, str, str | None],
        heirs_of: tuple[str, ...] = (),
        homeland: str | None = None,
    ) -> None:
        level = next(level for level in _LEVELS if key.startswith(f"{level}-"))
        years = {"2025": NEW, "2026": CITY, "2019": "2019-07-01"}
        since = years.get(key[-4:], f"{key[-4:]}-01-01")
        ground.units[key] = ground.put(
            "unit", key, level=level, name=key, valid_from=since, valid_to=until, predecessors=list(heirs_of) or None,
            parents=[{"unit": u, "from": f} | ({"to": t} if t else {}) for u, f, t in parents] or None,
            homeland=homeland,
        )  # fmt: skip

    put(PROVINCE, OLD_END)
    put(FAR, OLD_END)
    put(LATER_PROVINCE, CITY_EVE, heirs_of=(PROVINCE, FAR))
    put(METROPOLIS, None, heirs_of=(LATER_PROVINCE,))
    for district in (DISTRICT, NEIGHBOUR):
        put(district, OLD_END, (PROVINCE, "2003-01-01", OLD_END))
    for name in ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"):
        put(f"xa-{name}-2003", OLD_END, (DISTRICT, "2003-01-01", OLD_END))
    put("xa-muoi-2003", "2019-06-30", (DISTRICT, "2003-01-01", "2019-06-30"))
    put(TOWN, OLD_END, (DISTRICT, "2019-07-01", OLD_END), heirs_of=("xa-muoi-2003",))
    for name in ("doi-mot", "doi-hai", "doi-ba"):
        put(f"xa-{name}-2003", OLD_END, (NEIGHBOUR, "2003-01-01", OLD_END))
    put("xa-xa-2003", OLD_END, (FAR, "2003-01-01", OLD_END))
    new = (LATER_PROVINCE, NEW, CITY_EVE)
    for key, names in _HEIRS.items():
        heirs_of = (*(f"xa-{name}-2003" for name in names), *([TOWN] if key == "xa-moi-2025" else []))
        if key == "xa-moi-2025":
            put(key, CITY_EVE, new, heirs_of=heirs_of)
        else:
            put(key, None, new, (METROPOLIS, CITY, None), heirs_of=heirs_of)
    put(WARD, None, (METROPOLIS, CITY, None), heirs_of=("xa-moi-2025",))
    put("truong-mot-2010", None, ("xa-mot-2003", "2010-01-01", OLD_END), (MERGED, NEW, None))
    # It moves in the middle of a year, to where its neighbours are others.
    put("truong-hai-2010", None, ("xa-hai-2003", "2010-01-01", "2019-03-31"), ("xa-bon-2003", "2019-04-01", OLD_END),
        ("xa-moi-2025", NEW, CITY_EVE), (WARD, CITY, None))  # fmt: skip
    # It stands under the commune that was split, and afterwards under one of the heirs.
    put("truong-sau-2012", None, ("xa-sau-2003", "2012-01-01", OLD_END), ("xa-sau-tay-2025", NEW, None))
    # It belongs to two at once.
    put("hop-tac-xa-bay-2011", None, ("xa-bay-2003", "2011-01-01", OLD_END), (DISTRICT, "2011-01-01", OLD_END),
        ("xa-sau-dong-2025", NEW, None))  # fmt: skip
    put("hop-tac-xa-muoi-2014", "2022-05-31", ("xa-muoi-2003", "2014-01-01", "2019-06-30"), (TOWN, "2019-07-01",
        "2022-05-31"))  # fmt: skip
    put("hop-tac-xa-doi-2021", None, ("xa-doi-hai-2003", "2021-01-01", OLD_END))  # nobody says where it belongs now
    put("kieu-bao-nam-2016", None, homeland=DISTRICT)  # abroad, and still there when the district is not


def _shelves(ground: Ground) -> None:
    for order, key in enumerate(CONTENTS, 1):
        ground.put("content", key, order=order, name=key, summary="Nội dung thử.", valid_from="2015-01-01")
    for order, key in enumerate(FIELDS, 1):
        ground.put("field", key, order=order, name=key)
    criteria = [
        {"id": "tinh-moi", "label": "Tính mới", "max_score": 60, "pass_score": 30},
        {"id": "tinh-kinh-te", "label": "Tính kinh tế", "max_score": 40, "pass_score": 20},
    ]
    ratings = [{"id": "tot", "label": "Tốt", "min_total": 80}, {"id": "dat", "label": "Đạt", "min_total": 60}]
    ground.put(
        "rubric", "thu-1", name="Bộ tiêu chí thử", criteria=criteria, quorum="2/3", min_ballots=2, pass_total=60,
        majority="1/2", ratings=ratings,
    )  # fmt: skip
    for key, (unit, since) in COUNCILS.items():
        seats = [
            {"seat": f"ghe-{n}", "role": role, "voting": True, "terms": [{"from": since, "github_id": 1000 + n}]}
            for n, role in enumerate(("chu-tich", "thu-ky", "uy-vien"), 1)
        ]
        ground.put("council", key, name=f"Hội đồng {key}", unit=unit, seats=seats)


def _people(ground: Ground) -> None:
    r = ground.random
    consent = {"form": "dong-y-2015-1", "scope": ["full"], "date": "2015-01-05", "how": "giay"}
    gone = consent | {"withdrawn_on": "2021-03-01"}
    guardian = {"relation": "cha-me", "date": "2015-01-05", "how": "giay"}
    states: tuple[Record, ...] = (
        {"display": "full", "consents": [consent]},
        {"display": "full", "consents": [consent]},
        {"display": "hidden", "consents": [gone]},
        {"display": "hidden", "consents": [gone], "name": "Đã xóa theo yêu cầu", "erased_on": "2021-03-01"},
        {"display": "full", "consents": [consent], "minor": True, "guardian": guardian},
    )
    for number in range(40):
        symbols = "".join(r.choices(idea_code.ALPHABET.lower(), k=8))
        unit = ground.unit(f"{r.randint(FIRST, 2026)}-05-05")
        fields: Record = {"kind": "ca-nhan", "name": f"Nguyễn Thử {number}", "unit": unit, **r.choice(states)}
        if ground.chance(0.7):
            fields["stratum"] = r.choice(STRATA)
        if ground.chance(0.25):
            fields = {"kind": "tap-the", "name": f"Tổ thử {number}", "unit": unit, "display": "full", "consents": []}
        ground.people.append(ground.put("person", f"p-{symbols}", **fields)["id"])


def verdicts(ground: Ground, schemas: SchemaSet) -> dict[str, dict[str, list[Record]]]:
    """Count invented ballots: what each council may conclude, by outcome, still without an idea and a day."""
    rubric = ground.records[layout.path_of("rubric", "thu-1")]
    return {
        key: {
            outcome: [
                _verdict(ground, schemas, rubric, key, outcome, level) for level in levels
            ]
            for outcome, levels in (("cong-nhan", (0.62, 0.75, 0.9)), ("bo-sung", (0.7,)), ("khong-cong-nhan", (0.4,)))
        }
        for key in COUNCILS
    }  # fmt: skip


def _verdict(
    ground: Ground, schemas: SchemaSet, rubric: Record, council: str, outcome: str, level: float
) -> Record:  # fmt: skip
    record = ground.records[layout.path_of("council", council)]
    reviews = list(_reviews(ground.random, level, outcome))
    counted = tally(rubric, record, {}, reviews, None, COUNCILS[council][1])
    setting = conclusion.Setting(council=council, number=1, round="", session=None, on="", idea_blob="")
    made = conclusion.conclude(counted, rubric, "", setting, None, "Hội đồng đã xem kỹ.")
    assert made["outcome"] == outcome
    ordered: Record = schemas.ordered("conclusion", made)
    return ordered


def _reviews(r: random.Random, level: float, verdict: str) -> Iterator[Record]:
    for account in (1001, 1002, 1003):
        marks = f"tinh-moi: {round(60 * level)}\ntinh-kinh-te: {round(40 * level) + r.randint(0, 1)}"
        yield {
            "id": account,
            "user": {"id": account, "type": "User"},
            "state": "COMMENTED",
            "submitted_at": "2019-06-01T00:00:00Z",
            "commit_id": "c",
            "body": f"```phieu-cham\nbo-tieu-chi: thu-1\n{marks}\nket-luan: {verdict}\n```",
        }
