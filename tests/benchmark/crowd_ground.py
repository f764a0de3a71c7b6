"""The ground a generated repository stands on: shelves, councils, units and people, all of them invented or public."""

import io
import random
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import stencil
from invention import WORDS, person_id, person_name
from PIL import Image, ImageDraw, ImageFilter

from sangkien.domain import layout, notation
from sangkien.domain.text import slug

ROOT = Path(__file__).resolve().parent.parent.parent
Record = dict[str, Any]
MERGED = "2025-07-01"  # the day the communes and the district gave way to larger communes
DISTRICT, PROVINCE, CITY = "huyen-thong-nhat-2003", "tinh-dong-nai-2025", "thanh-pho-dong-nai-2026"
EMPTY = ("xa-xuan-thien-2003", "phuong-binh-loc-2025")  # nobody there was honoured yet
RUBRIC = "2019-1"
SEATS = ("chu-tich", "pho-chu-tich", "thu-ky", "phan-bien", "phan-bien", "uy-vien", "uy-vien")


class Repository:
    """Records on their way to the disk; of several processes that write the same, each keeps to its share."""

    def __init__(self, root: Path, share: int = 0, shares: int = 1) -> None:
        self.root, self._share, self._shares = root, share, shares
        self._made: set[str] = set()

    def owns(self, path: str) -> bool:
        """Tell whether a file is ours to write; an idea's folder is one share's altogether."""
        return self._shares == 1 or zlib.crc32("/".join(path.split("/")[:4]).encode()) % self._shares == self._share

    def put(self, kind: str, key: str, /, **fields: Any) -> Record:
        """Write a register's record."""
        record = {"version": 1, "id": key, **fields}
        self.write(layout.path_of(kind, key), record)
        return record

    def write(self, path: str, record: Record) -> str:
        """Write a record and give its text, where it is ours to write."""
        if not self.owns(path):
            return ""
        text = stencil.write(record)
        Path(self.place(path)).write_text(text, encoding="utf-8")
        return text

    def place(self, path: str) -> str:
        """Give the place of a file, its folder made."""
        place = f"{self.root}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return place


def copy_shelves(repository: Repository) -> dict[str, Any]:
    """Bring what is no sample, and tell which contents, fields, strata and units there are."""
    root = repository.root
    shutil.copytree(ROOT / "schemas", root / "schemas")
    skip = shutil.ignore_patterns("register")
    shutil.copytree(ROOT / "content", root / "content", ignore=skip)
    theme = ROOT / "scripts" / "sangkien" / "render" / "theme"
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        config.replace("custom_dir: scripts/sangkien/render/theme", f"custom_dir: {theme}"), encoding="utf-8"
    )
    kept: dict[str, Any] = {"contents": [], "fields": [], "units": []}
    for file in sorted((ROOT / "content/register").rglob("*.yml")):
        record = notation.parse(file.read_bytes()).record
        if "sample" in record:
            continue
        shutil.copy(file, repository.place(file.relative_to(ROOT).as_posix()))
        if file.parent.name in kept:
            kept[file.parent.name].append(record if file.parent.name == "units" else record["id"])
        elif file.stem == "lists":
            kept["strata"] = [stratum["id"] for stratum in record["strata"]]
    return kept


def own_rubric(repository: Repository) -> Record:
    """Take over the sample's marks as our own."""
    path = layout.path_of("rubric", RUBRIC)
    rubric: Record = notation.parse((ROOT / path).read_bytes()).record
    del rubric["sample"], rubric["note"]
    rubric["name"] = "Bộ tiêu chí năm 2019"
    repository.write(path, rubric)
    return rubric


def councils(repository: Repository) -> Iterator[tuple[str, Record]]:
    for key, unit, name in (
        ("hd-thong-nhat-2018", DISTRICT, "Hội đồng xét sáng kiến huyện Thống Nhất"),
        ("hd-dong-nai-2025", PROVINCE, "Hội đồng xét sáng kiến Đồng Nai"),
    ):
        since = "2018-01-01" if unit == DISTRICT else MERGED
        seats = [
            {
                "seat": f"ghe-{n}",
                "role": role,
                "voting": True,
                "terms": [{"from": since, "to": None, "github_id": 5000 + n}],
            }
            for n, role in enumerate(SEATS, 1)
        ]
        yield key, repository.put("council", key, name=name, unit=unit, seats=seats)


def units_of(repository: Repository, known: list[Record], count: int, r: random.Random) -> list[Record]:
    """Give every unit ideas may come from, the busiest first: communes, and what is invented in them."""
    communes = [u for u in known if u["level"] in ("xa", "phuong", "thi-tran") and u["id"] not in EMPTY]
    old = [u for u in communes if u["valid_from"] < "2014" and u.get("valid_to", "9999") >= "2025"]
    heirs = {before: u for u in communes if u["valid_from"] == MERGED for before in u.get("predecessors", ())}
    kinds = (("truong", WORDS["schools"]), ("ap", [""]), ("hop-tac-xa", ["Nông nghiệp"]), ("tram-y-te", [""]))
    invented = []
    for number in range(min(12 + count // 60, 400)):
        level, forms = kinds[number % len(kinds)]
        told, parent = f"{r.choice(forms)} {two_words(r)}".strip(), r.choice(old)["id"]
        parents: list[Record] = [{"unit": parent, "from": "2014-09-01", "to": "2025-06-30"}]
        if heir := heirs.get(parent):
            ends = {"to": heir["valid_to"]} if "valid_to" in heir else {}
            parents.append({"unit": heir["id"], "from": MERGED} | ends)
        key = f"{level}-{slug(told)}-{number + 1}-2014"
        fields = {"level": level, "name": told, "valid_from": "2014-09-01", "parents": parents}
        invented.append(repository.put("unit", key, **fields))
    r.shuffle(communes)
    return [u for pair in zip(communes, invented, strict=False) for u in pair] + communes[len(invented) :]


def two_words(r: random.Random) -> str:
    return f"{r.choice(WORDS['names'])} {r.choice(WORDS['names'])}"


def unit_on(units: list[Record], day: str, r: random.Random) -> str:
    """Choose a unit of the day, the first ones far more often."""
    while True:
        unit = units[min(int(r.expovariate(5 / len(units))), len(units) - 1)]
        if unit["valid_from"] <= day <= unit.get("valid_to", "9999"):
            key: str = unit["id"]
            return key


def people_of(repository: Repository, units: list[Record], count: int, r: random.Random) -> list[str]:
    strata = ("nong-dan", "giao-vien", "cong-nhan", "can-bo", "y-te", "huu-tri", "doanh-nhan")
    keys = []
    for number in range(max(3, count * 2 // 3)):
        key = person_id(r, number)
        keys.append(key)
        chance, unit = r.random(), unit_on(units, "2019-01-01", r)
        consents = [{"form": "dong-y-2018-1", "scope": ["full"], "date": "2018-01-05", "how": "giay"}]
        fields: Record = {"kind": "ca-nhan", "name": person_name(r), "stratum": r.choice(strata), "unit": unit}
        if chance < 0.06:
            fields = {"kind": "tap-the", "name": f"{r.choice(WORDS['groups'])} {two_words(r)}", "unit": unit}
            fields |= {"display": "full", "consents": []}
        elif chance < 0.14:
            fields |= {"display": "initials", "consents": consents}
        elif chance < 0.18:
            fields |= {"display": "hidden", "consents": []}
        elif chance < 0.24:
            guardian = {"relation": "giam-ho", "date": "2018-01-05", "how": "giay"}
            minor = {"minor": True, "display": "full", "consents": consents, "guardian": guardian}
            fields |= {"stratum": "hoc-sinh"} | minor
        elif chance < 0.7:
            del fields["unit"]
            fields |= {"occupation": r.choice(WORDS["occupations"]), "unit": unit}
            fields |= {"display": "full", "consents": consents}
        else:
            fields |= {"display": "full", "consents": consents}
        repository.put("person", key, **fields)
    return keys


def paint() -> list[bytes]:
    """Paint scenes as heavy as photographs, before and after in turn."""
    made = []
    for number in range(4):
        r = random.Random(number)
        warm = number % 2
        sky, ground = ((226, 196, 150), (142, 88, 58)) if warm else ((178, 190, 196), (104, 98, 78))
        image = Image.new("RGB", (1280, 960), sky)
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 520, 1280, 960), fill=ground)
        for _ in range(90):
            x, y, size = r.randrange(1280), r.randrange(430, 960), r.randrange(20, 130)
            leaf = (r.randrange(30, 120), r.randrange(90, 160) if warm else r.randrange(70, 110), r.randrange(30, 80))
            draw.ellipse((x - size, y - size // 2, x + size, y + size // 2), fill=leaf)
        grain = Image.frombytes("L", (1280, 960), r.randbytes(1280 * 960)).filter(ImageFilter.BoxBlur(1))
        file = io.BytesIO()
        Image.blend(image, grain.convert("RGB"), 0.18).save(file, "JPEG", quality=80)
        made.append(file.getvalue())
    return made
