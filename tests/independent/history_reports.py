"""Period reports of invented units: none, drafts, returned ones, accepted ones, one sent again after that."""

from history_ground import DISTRICT, FIRST, LATER_PROVINCE, METROPOLIS, Ground, Record

REPORTED = (
    "tuyen-truyen", "luot-nguoi-nghe", "ke-hoach", "cau-lac-bo", "kiem-tra", "thanh-vien-cau-lac-bo", "mo-hinh",
    "nguon-luc-tien",
)  # fmt: skip
# How a unit's reports of one period went, the first version first.
COURSES = (
    ("nhap",),
    ("da-gui",),
    ("da-nhan",),
    ("tra-lai",),
    ("tra-lai", "da-nhan"),
    ("tra-lai", "da-gui"),
    ("da-nhan", "da-gui"),  # sent again, after it was accepted
    ("da-nhan", "da-nhan"),
    ("da-gui", "nhap"),
)


def reports(ground: Ground) -> None:
    """Shelve reports of half years, years and several years."""
    for year in range(FIRST, 2027):
        spans = [(f"{year}-H1", f"{year}-06-30", f"{year}-01-01")]
        if year < 2026:
            spans.append((f"{year}", f"{year}-12-31", f"{year}-01-01"))
        for period, end, start in spans:
            for unit, record in ground.units.items():
                lived = record["valid_from"] <= end and record.get("valid_to", "9999") >= start
                if lived and ground.chance(_share(unit, record)):
                    _report(ground, unit, period, max(start, min(end, record.get("valid_to", "9999"))))
    for first, last in ((2015, 2019), (2016, 2020), (2021, 2025)):
        for unit in (DISTRICT, "xa-mot-2003", "xa-doi-mot-2003", LATER_PROVINCE):
            record = ground.units[unit]
            end = min(f"{last}-12-31", record.get("valid_to", "9999"))
            if record["valid_from"] <= end and ground.chance(0.5):
                _report(ground, unit, f"{first}..{last}", end)


def _share(unit: str, record: Record) -> float:
    """Tell how often a unit reports: those above all others seldom, so that sums are seen."""
    if unit in (LATER_PROVINCE, METROPOLIS):
        return 0.2
    return {"huyen": 0.3, "tinh": 0.1, "truong": 0.15, "hop-tac-xa": 0.15}.get(record["level"], 0.45)


def _report(ground: Ground, unit: str, period: str, end: str) -> None:
    r = ground.random
    closes = f"{period[-4:]}-12-31" if "H1" not in period else f"{period[:4]}-06-30"
    told = [f["id"] for f in ground.lists["report_figures"] if f["from"] <= closes <= f.get("to", "9999")]
    for number, status in enumerate(r.choice(COURSES), 1):
        figures = []
        for figure in r.sample((*told, *REPORTED), r.randint(0, 6)):
            value = r.choice((0, r.randint(1, 400)))
            own = {"own": r.randint(0, value)} if ground.chance(0.2) else {}
            why = {"why": "Đã đối chiếu với sổ."} if ground.chance(0.3) else {}
            figures.append({"figure": figure, "value": value} | own | why)
        sent = None if status == "nhap" else ground.later(end, 20, ground.units[unit].get("valid_to", "2026-11-20"))
        ground.put(
            "report", f"bc-{unit}-{period.lower().replace('..', '-')}-{number}", unit=unit, period=period,
            number=number, status=status, drafted_on=end, sent_on=sent,
            accepted_on=ground.later(str(sent), 20, "2026-11-29") if status == "da-nhan" else None,
            returned_on=ground.later(str(sent), 20, "2026-11-29") if status == "tra-lai" else None, figures=figures,
        )  # fmt: skip
