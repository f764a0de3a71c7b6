"""Write a whole data repository with N honoured ideas of invented people, none of them marked as a sample.

    .venv/bin/python tests/benchmark/crowd.py 1000 --out DIR [--seed 1] [--titles T.tsv]

Pages, schemas and the registers that are no samples are this repository's. `sangkien validate`, `verify --all` and
`publish` work there. Of every seventeen ideas one is not honoured: refused, or withdrawn. A hundred and fifty ideas at
most have pictures, however many there are.
"""

import argparse
import hashlib
import io
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import stencil
from invention import WORDS, Invention, invent, person_id, person_name
from PIL import Image, ImageDraw, ImageFilter

from sangkien.adapters.store import Store
from sangkien.domain import conclusion, idea_code, layout, notation, novelty
from sangkien.domain.digest import record_digest, scored_digest
from sangkien.domain.schema import SchemaSet
from sangkien.domain.text import slug
from sangkien.workflow.ballot import tally
from sangkien.workflow.reading import load_schemas

ROOT = Path(__file__).resolve().parent.parent.parent
Record = dict[str, Any]
YEARS = range(2018, 2027)
MERGED = "2025-07-01"  # the day the communes and the district gave way to larger communes
DISTRICT, PROVINCE, CITY = "huyen-thong-nhat-2003", "tinh-dong-nai-2025", "thanh-pho-dong-nai-2026"
CITY_SINCE = "2026-04-30"
EMPTY = ("xa-xuan-thien-2003", "phuong-binh-loc-2025")  # nobody there was honoured yet
RUBRIC = "2019-1"
SEATS = ("chu-tich", "pho-chu-tich", "thu-ky", "phan-bien", "phan-bien", "uy-vien", "uy-vien")
SEVENTEENTH = 17
PICTURED = 150


class Repository:
    """Records on their way to the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made: set[Path] = set()

    def put(self, kind: str, key: str, /, **fields: Any) -> Record:
        """Write a register's record."""
        record = {"version": 1, "id": key, **fields}
        self.write(layout.path_of(kind, key), record)
        return record

    def write(self, path: str, record: Record) -> str:
        """Write a record and give its text."""
        text = stencil.write(record)
        self.place(path).write_text(text, encoding="utf-8")
        return text

    def place(self, path: str) -> Path:
        """Give the place of a file, its folder made."""
        place = self.root / path
        if place.parent not in self._made:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(place.parent)
        return place


class Round:
    """Half a year's call: who is asked, which days it spans, who judges and who decides."""

    def __init__(self, year: int, half: int) -> None:
        self.key = f"dot-{year}-{half}"
        self.year, self.half = year, half
        months = ("01-02", "05-31", "06-10", "06-25") if half == 1 else ("07-01", "09-30", "10-15", "11-10")
        self.opens, self.closes, self.sits, self.decides = (f"{year}-{day}" for day in months)
        self.council = "hd-dong-nai-2025" if self.opens >= MERGED else "hd-thong-nhat-2018"
        self.codes: list[str] = []
        self.honoured: list[str] = []

    def above(self, day: str) -> str:
        """Name the unit that calls and decides on a day."""
        return DISTRICT if day < MERGED else PROVINCE if day < CITY_SINCE else CITY

    def day(self, r: random.Random) -> str:
        """Choose a day on which an idea comes in."""
        return f"{self.year}-{r.randint(2, 5) if self.half == 1 else r.randint(7, 9):02d}-{r.randint(1, 28):02d}"


def write_repository(root: Path, count: int, seed: int = 1, titles: Sequence[str] = ()) -> None:
    """Write everything."""
    r = random.Random(seed)
    repository = Repository(root)
    shelves = _copy(repository)
    rubric = _council(repository)
    units = _units(repository, shelves["units"], count, r)
    people = _people(repository, units, count, r)
    rounds = [Round(year, half) for year in YEARS for half in (1, 2)]
    schemas = load_schemas(Store(ROOT))
    verdicts = {key: _verdicts(schemas, rubric, council) for key, council in _councils(repository)}
    every = max(8, count // PICTURED)
    pictures = _pictures()
    number = honoured = 0
    while honoured < count:
        made = invent(seed, number, titles)
        round_ = rounds[(number * 7) % len(rounds)]
        code = _code_of(made.code, round_.year)
        if number % (SEVENTEENTH * 4) == SEVENTEENTH * 2:
            _withdraw(repository, made, code, round_)
        else:
            idea = _idea(made, code, round_, units, people, shelves, r)
            if number % every == 0:
                _add_pictures(repository, idea, pictures, r)
            text = repository.write(layout.path_of("idea", code), idea)
            good = number % SEVENTEENTH != 0
            _conclude(repository, idea, text, round_, r.choice(verdicts[round_.council][good]))
            round_.codes.append(code)
            if good:
                honoured += 1
                round_.honoured.append(code)
                _follow(repository, code, round_, units, r)
        number += 1
    for round_ in rounds:
        _close(repository, round_)
    _commend(repository, rounds, people, r)


def _copy(repository: Repository) -> dict[str, Any]:
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


def _council(repository: Repository) -> Record:
    """Take over the sample's marks as our own."""
    path = layout.path_of("rubric", RUBRIC)
    rubric: Record = notation.parse((ROOT / path).read_bytes()).record
    del rubric["sample"], rubric["note"]
    rubric["name"] = "Bộ tiêu chí năm 2019"
    repository.write(path, rubric)
    return rubric


def _councils(repository: Repository) -> Iterator[tuple[str, Record]]:
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


def _units(repository: Repository, known: list[Record], count: int, r: random.Random) -> list[Record]:
    """Give every unit ideas may come from, the busiest first: communes, and what is invented in them."""
    communes = [u for u in known if u["level"] in ("xa", "phuong", "thi-tran") and u["id"] not in EMPTY]
    old = [u for u in communes if u["valid_from"] < "2014" and u.get("valid_to", "9999") >= "2025"]
    heirs = {before: u for u in communes if u["valid_from"] == MERGED for before in u.get("predecessors", ())}
    kinds = (("truong", WORDS["schools"]), ("ap", [""]), ("hop-tac-xa", ["Nông nghiệp"]), ("tram-y-te", [""]))
    invented = []
    for number in range(min(12 + count // 60, 400)):
        level, forms = kinds[number % len(kinds)]
        told, parent = f"{r.choice(forms)} {_two(r)}".strip(), r.choice(old)["id"]
        parents: list[Record] = [{"unit": parent, "from": "2014-09-01", "to": "2025-06-30"}]
        if heir := heirs.get(parent):
            ends = {"to": heir["valid_to"]} if "valid_to" in heir else {}
            parents.append({"unit": heir["id"], "from": MERGED} | ends)
        key = f"{level}-{slug(told)}-{number + 1}-2014"
        fields = {"level": level, "name": told, "valid_from": "2014-09-01", "parents": parents}
        invented.append(repository.put("unit", key, **fields))
    r.shuffle(communes)
    return [u for pair in zip(communes, invented, strict=False) for u in pair] + communes[len(invented) :]


def _two(r: random.Random) -> str:
    return f"{r.choice(WORDS['names'])} {r.choice(WORDS['names'])}"


def _unit_on(units: list[Record], day: str, r: random.Random) -> str:
    """Choose a unit of the day, the first ones far more often."""
    while True:
        unit = units[min(int(r.expovariate(5 / len(units))), len(units) - 1)]
        if unit["valid_from"] <= day <= unit.get("valid_to", "9999"):
            key: str = unit["id"]
            return key


def _people(repository: Repository, units: list[Record], count: int, r: random.Random) -> list[str]:
    strata = ("nong-dan", "giao-vien", "cong-nhan", "can-bo", "y-te", "huu-tri", "doanh-nhan")
    keys = []
    for number in range(max(3, count * 2 // 3)):
        key = person_id(r, number)
        keys.append(key)
        chance, unit = r.random(), _unit_on(units, "2019-01-01", r)
        consents = [{"form": "dong-y-2018-1", "scope": ["full"], "date": "2018-01-05", "how": "giay"}]
        fields: Record = {"kind": "ca-nhan", "name": person_name(r), "stratum": r.choice(strata), "unit": unit}
        if chance < 0.06:
            fields = {"kind": "tap-the", "name": f"{r.choice(WORDS['groups'])} {_two(r)}", "unit": unit}
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


def _code_of(code: str, year: int) -> str:
    seven = code[5:].replace("-", "")[:7]
    return idea_code.make(year, seven)


def _idea(
    made: Invention,
    code: str,
    round_: Round,
    units: list[Record],
    people: list[str],
    shelves: dict[str, Any],
    r: random.Random,
) -> Record:
    pick, day = r.choice, round_.day(r)
    unit = _unit_on(units, day, r)
    kind = pick(("sang-kien", "sang-kien", "y-tuong-moi", "cach-lam-moi", "cach-lam-moi"))
    content = pick(shelves["contents"])
    names = [people[min(int(r.random() ** 2 * len(people)), len(people) - 1)] for _ in range(pick((1, 1, 1, 2, 2, 3)))]
    names = list(dict.fromkeys(names))
    shares = {1: (100,), 2: (60, 40), 3: (50, 30, 20)}[len(names)]
    record: Record = {"version": 1, "code": code, "kind": kind, "title": made.title, "content": content}
    record |= {"field": pick(shelves["fields"]), "unit": unit, "round": round_.key, "submitted_on": day}
    record["authors"] = [{"person": who, "share": share} for who, share in zip(names, shares, strict=True)]
    record |= {"summary": made.summary, "before": made.before, "after": made.after, "how_to": made.how_to}
    if r.random() < 0.5:
        record["how_to"] += f"\n{pick(WORDS['warnings'])}"
    if r.random() < 0.4:
        before = r.randint(8, 90)
        record["figures"] = {"label": f"{made.gain} mỗi tuần", "unit": "phần", "before": str(before)}
        record["figures"]["after"] = str(before * r.randint(2, 8) // 10)
    answers = ("novelties", "fits", "shares", "proofs", "prices")
    criteria = ("tinh-moi", "tinh-phu-hop", "tinh-tap-the", "thiet-thuc-hieu-qua", "tinh-kinh-te")
    record["statements"] = {name: pick(WORDS[told]) for name, told in zip(criteria, answers, strict=True)}
    record["cost"] = {"amount": pick((0, 0, 50_000, 150_000, 400_000, 1_200_000, 5_500_000))}
    record["applied"] = kind == "sang-kien" or r.random() < 0.5
    if content == "nd4":
        record["clearance"] = {"number": f"{r.randint(1, 90)}/XN", "date": day, "issuer": "Ban Chỉ huy quân sự"}
    record["source"] = {"door": "giay", "entered_by": unit} if r.random() < 0.5 else {"door": "bieu-mau"}
    return record


def _withdraw(repository: Repository, made: Invention, code: str, round_: Round) -> None:
    texts = (made.summary, made.before, made.after, made.how_to)
    record = {"version": 1, "code": code, "date": round_.closes, "digest": hashlib.sha256(code.encode()).hexdigest()}
    record["tokens"] = [*novelty.kept_tokens(made.title, texts)]
    repository.write(f"{idea_code.folder(code)}/withdrawn.yml", record)


def _verdicts(schemas: SchemaSet, rubric: Record, council: Record) -> dict[bool, list[Record]]:
    """Count invented ballots and conclude: what a council may say, by whether it recognises."""
    r = random.Random(council["id"])
    said: dict[bool, list[Record]] = {True: [], False: []}
    while len(said[True]) < 40 or len(said[False]) < 8:
        level = r.uniform(0.35, 0.95)
        reviews = []
        for account in range(5001, 5008):
            marks = "".join(
                f"{c['id']}: {round(2 * min(1, max(0, r.gauss(level, 0.06))) * c['max_score']) / 2}\n"
                for c in rubric["criteria"]
            )
            verdict = "cong-nhan" if level > 0.6 else "khong-cong-nhan"
            body = f"```phieu-cham\nbo-tieu-chi: {rubric['id']}\n{marks}ket-luan: {verdict}\n```"
            reviews.append(
                {
                    "id": r.randint(10**6, 10**7),
                    "user": {"id": account, "type": "User"},
                    "state": "COMMENTED",
                    "submitted_at": "2019-06-01T00:00:00Z",
                    "commit_id": "c",
                    "body": body,
                }
            )
        counted = tally(rubric, council, {}, reviews, None, council["seats"][0]["terms"][0]["from"])
        if counted.count.result not in ("cong-nhan", "khong-cong-nhan"):
            continue
        good = counted.count.result == "cong-nhan"
        setting = conclusion.Setting(
            council=council["id"], number=1, round="", session="", on="", idea_blob="", pull=None
        )
        reason = r.choice(WORDS["reasons" if good else "lacks"])
        record = conclusion.conclude(counted, rubric, "", setting, None, reason)
        said[good].append(schemas.ordered("conclusion", record))
    return said


def _conclude(repository: Repository, idea: Record, text: str, round_: Round, verdict: Record) -> None:
    data = text.encode()
    record = verdict | {
        "code": idea["code"],
        "round": round_.key,
        "session": f"phien-{round_.key}-{len(round_.codes) // 100 + 1}",
        "concluded_on": round_.sits,
        "idea_blob": hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest(),
        "scored_digest": scored_digest(idea),
    }
    record["digest"] = record_digest(record)
    repository.write(f"{idea_code.folder(idea['code'])}/conclusions/{record['council']}-1.yml", record)


def _follow(repository: Repository, code: str, round_: Round, units: list[Record], r: random.Random) -> None:
    """Tell where an honoured idea was taken up, and now and then mend it."""
    folder = idea_code.folder(code)
    if r.random() < 0.15:
        for number in range(1, r.randint(2, 4)):
            day = f"{round_.year}-12-{r.randint(1, 28):02d}"
            record = {"version": 1, "code": code, "number": number, "unit": _unit_on(units, day, r), "since": day}
            record["result"] = r.choice(WORDS["results"])
            repository.write(f"{folder}/applications/{number}.yml", record)
    if r.random() < 0.03:
        record = {"version": 1, "code": code, "number": 1, "date": f"{round_.year}-12-20", "by": "nguoi-de-xuat"}
        record["text"] = r.choice(WORDS["warnings"]).removeprefix("Lưu ý: ").capitalize()
        repository.write(f"{folder}/corrections/1.yml", record)


def _close(repository: Repository, round_: Round) -> None:
    """Write a round with its sittings and decisions, a hundred ideas each."""
    words = "sáu tháng đầu" if round_.half == 1 else "sáu tháng cuối"
    repository.put(
        "round", round_.key, name=f"Đợt {words} năm {round_.year}", unit=round_.above(round_.opens), rubric=RUBRIC,
        council=round_.council, opens_on=round_.opens, closes_on=round_.closes, ballots="open", publish="on-decision",
        publish_marks=round_.half == 1,
    )  # fmt: skip
    seats = [f"ghe-{n}" for n in range(1, len(SEATS) + 1)]
    for number, codes in enumerate(_hundreds(round_.codes), 1):
        repository.put(
            "session", f"phien-{round_.key}-{number}", council=round_.council, date=round_.sits, starts="08:00",
            place="Phòng họp Mặt trận", present=seats, agenda=codes, chair="ghe-1", secretary="ghe-3",
        )  # fmt: skip
    above = round_.above(round_.decides)
    for number, codes in enumerate(_hundreds(round_.honoured), 1):
        repository.put(
            "decision", f"qd-{round_.year}-{round_.half}-{number}", kind="cong-nhan",
            number=f"{number:02d}/QĐ-{round_.half}-{round_.year}", date=round_.decides,
            title=f"Công nhận sáng kiến, ý tưởng mới, cách làm mới {words} năm {round_.year}", issuer=above,
            body="Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam", signer={"position": "Chủ tịch"},
            legal_bases=["de-an-15-mttw"], council=round_.council, codes=codes,
        )  # fmt: skip


def _hundreds(codes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(codes), 100):
        yield codes[start : start + 100]


def _commend(repository: Repository, rounds: list[Round], people: list[str], r: random.Random) -> None:
    """Commend one person for every twenty honoured ideas."""
    for round_ in rounds:
        above = round_.above(f"{round_.year}-12-20")
        keys = []
        for number, code in enumerate(round_.honoured[::20], 1):
            key = f"bd-{round_.key[4:]}-{number}"
            keys.append(key)
            repository.put(
                "commendation", key, award="bieu-duong", person=r.choice(people), date=f"{round_.year}-12-20",
                issuer=above, reason=r.choice(WORDS["commended"]), codes=[code],
            )  # fmt: skip
        for number, some in enumerate(_hundreds(keys), 1):
            repository.put(
                "decision", f"kt-{round_.key[4:]}-{number}", kind="khen-thuong",
                number=f"{number:02d}/QĐ-KT-{round_.half}-{round_.year}", date=f"{round_.year}-12-20",
                title="Biểu dương người tiêu biểu", issuer=above,
                body="Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam", signer={"position": "Chủ tịch"},
                legal_bases=[], commendations=some,
            )  # fmt: skip


def _add_pictures(repository: Repository, idea: Record, pictures: list[bytes], r: random.Random) -> None:
    source = idea.pop("source")
    idea["source"] = source
    idea["images"] = []
    for place, (shows, told) in enumerate((("truoc", "pictures_before"), ("sau", "pictures_after"))):
        idea["images"].append({"file": f"{shows}.jpg", "alt": r.choice(WORDS[told]), "shows": shows})
        data = pictures[2 * r.randrange(len(pictures) // 2) + place]
        repository.place(f"{idea_code.folder(idea['code'])}/images/{shows}.jpg").write_bytes(data)


def _pictures() -> list[bytes]:
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--titles", type=Path)
    given = parser.parse_args()
    lines = given.titles.read_text(encoding="utf-8").splitlines()[1:] if given.titles else []
    write_repository(given.out, given.count, given.seed, [line.split("\t")[0].strip() for line in lines])


if __name__ == "__main__":
    main()
