"""A whole repository of N honoured ideas that are invented and yet no samples: what figures are measured on.

    .venv/bin/python tests/benchmark/crowd.py 1000 --out DIR [--seed 1] [--titles titles.tsv]

Idea i, its people and its council's conclusion depend on the seed and on i alone. What this repository knows of units,
fields, rubrics and laws is kept, its sample records are not. Every tenth idea has pictures of before and now.
"""

import argparse
import io
import os
import random
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

from novelty import ROOT, SYMBOLS, WORDS, entry
from PIL import Image, ImageDraw

from sangkien.domain import idea_code, layout, notation
from sangkien.domain.digest import record_digest, scored_digest

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
MIDDLES = ("Văn", "Thị", "Minh", "Ngọc", "Đức", "Thanh", "Hữu", "Quốc")
GROUPS = ("Tổ hợp tác", "Chi hội", "Nhóm thợ", "Câu lạc bộ")
MEASURES = (("giờ", "Thời gian cho một lần làm"), ("nghìn đồng", "Tiền công mỗi vụ"), ("kg", "Hao hụt mỗi tạ"))
RUBRIC = "2019-1"
# Who held the movement when: the first year, the council, its unit; and the months in which that unit's communes stood.
ERAS = (
    (2026, "hd-thanh-pho", "thanh-pho-dong-nai-2026", (5, 8)),
    (2025, "hd-tinh", "tinh-dong-nai-2025", (7, 8)),
    (0, "hd-huyen", "huyen-thong-nhat-2003", (1, 8)),
)
IN_A_DECISION = 60
SHAPES = 40  # different pictures; drawing one for each idea would take longer than all the rest

Record = dict[str, Any]


@cache
def kept() -> dict[str, Record]:
    """Give this repository's registers without its samples, by path."""
    found = {}
    for place in sorted((ROOT / layout.REGISTER).rglob("*.yml")):
        record: Any = notation.parse(place.read_bytes()).record
        path = place.relative_to(ROOT).as_posix()
        if record["version"] and ("sample" not in record or path == layout.path_of("rubric", RUBRIC)):
            found[path] = {key: value for key, value in record.items() if key != "sample"}
    council: Any = notation.parse((ROOT / layout.path_of("council", "hd-thong-nhat-2019")).read_bytes()).record
    del council["sample"]
    for _, key, unit, _ in ERAS:
        place = found[layout.path_of("unit", unit)]["name"]
        own = {"id": key, "name": f"Hội đồng xét sáng kiến {place}", "unit": unit}
        found[layout.path_of("council", key)] = council | own
    return found


def era(year: int) -> tuple[str, str, tuple[int, int]]:
    """Give the council, its unit and the months of a year."""
    return next((council, unit, months) for first, council, unit, months in ERAS if year >= first)


@cache
def shelves(kind: str) -> tuple[Record, ...]:
    folder = Path(layout.path_of(kind, "x")).parent.as_posix()
    return tuple(record for path, record in kept().items() if path.startswith(f"{folder}/"))


@cache
def conclusions() -> tuple[Record, ...]:
    """Give what sample councils concluded, to be concluded again of others."""
    found = []
    for place in sorted((ROOT / layout.IDEAS).glob("*/*/*/conclusions/*.yml")):
        record: Any = notation.parse(place.read_bytes()).record
        if record["outcome"] == "cong-nhan" and record["rubric"] == RUBRIC and not record["conflicted"]:
            for gone in ("sample", "session", "idea_blob", "digest", "reasons"):
                record.pop(gone, None)
            found.append(record)
    return tuple(found)


@cache
def communes(day: str) -> tuple[str, ...]:
    """List the communes in force on a day."""
    return tuple(
        unit["id"]
        for unit in shelves("unit")
        if unit["level"] in ("xa", "phuong", "thi-tran") and unit["valid_from"] <= day <= unit.get("valid_to", "9999")
    )


def idea(seed: int, number: int, titles: list[str]) -> Iterator[tuple[str, Record | bytes]]:
    """Invent one idea with its conclusion and whatever else lies in its folder."""
    made = entry(seed, number, titles)
    if made.tokens:  # a withdrawn one
        return
    r = random.Random(f"crowd {seed}:{number}")
    year = int(made.code[:4])
    council, _, months = era(year)
    on = f"{year}-{r.randint(*months):02d}-{r.randint(1, 28):02d}"
    later = f"{year}-{int(on[5:7]) + 2:02d}-15"
    summary, before, after, how_to = made.texts
    first = number * 2 // 3
    authors = [{"person": person_id(first), "share": 100}]
    if number % 3 == 2:
        authors = [{"person": person_id(first), "share": 60}, {"person": person_id(first + 1), "share": 40}]
    unit = r.choice(communes(on))
    unit_of_measure, label = r.choice(MEASURES)
    kind = r.choice(("sang-kien", "y-tuong-moi", "cach-lam-moi"))
    criteria = conclusions()[0]["criteria"]
    record: Record = {
        "version": 1,
        "code": made.code,
        "kind": kind,
        "title": made.title,
        "content": r.choice([c["id"] for c in shelves("content") if c["id"] != "nd4"]),
        "field": r.choice([f["id"] for f in shelves("field")]),
        "unit": unit,
        "round": round_id(on),
        "submitted_on": on,
        "authors": authors,
        "summary": summary,
        "before": before,
        "after": after,
        "how_to": f"{how_to}\nLưu ý: làm thử một lần trước khi làm nhiều.",
        "statements": {c["id"]: f"Đã hỏi quanh {unit.split('-')[1]} mà chưa thấy ai làm." for c in criteria},
        "cost": {"amount": r.randrange(0, 5_000_000, 50_000)},
        "applied": kind == "sang-kien" or r.random() < 0.5,
        "source": {"door": "bieu-mau"},
    }
    if number % 2:
        was = r.randint(20, 200)
        now = str(r.randint(1, was))
        record["figures"] = {"label": label, "unit": unit_of_measure, "before": str(was), "after": now}
    folder = idea_code.folder(made.code)
    if number % 10 == 0:
        record["images"] = [
            {"file": "truoc.jpg", "alt": f"Cảnh làm việc trước khi có {made.title.lower()[:60]}", "shows": "truoc"},
            {"file": "sau.jpg", "alt": "Cảnh làm việc hôm nay, gọn và nhẹ hơn", "shows": "sau"},
        ]
        yield f"{folder}/images/truoc.jpg", picture(number % SHAPES)
        yield f"{folder}/images/sau.jpg", picture(number % SHAPES + 1)
    yield f"{folder}/idea.yml", record
    concluded = r.choice(conclusions()) | {
        "code": made.code,
        "council": council,
        "number": 1,
        "round": record["round"],
        "concluded_on": later,
        "rubric_digest": record_digest(kept()[layout.path_of("rubric", RUBRIC)]),
        "reasons": f"{r.choice(WORDS['gains']).capitalize()} giảm thấy rõ. Ít tốn, nơi khác làm theo được.",
        "scored_digest": scored_digest(record),
    }
    concluded["digest"] = record_digest(concluded)
    yield f"{folder}/conclusions/{council}-1.yml", concluded
    for place in range(1, 1 + (r.random() < 0.2) + (r.random() < 0.05)):
        yield (
            f"{folder}/applications/{place}.yml",
            {
                "version": 1,
                "code": made.code,
                "number": place,
                "unit": r.choice([key for key in communes(on) if key != unit]),
                "since": later,
                "result": f"{r.randint(3, 40)} hộ làm theo, {r.choice(WORDS['gains'])} bớt hẳn.",
            },
        )


def person_id(number: int) -> str:
    """Name person n: eight symbols of the alphabet of codes."""
    return "p-" + "".join(SYMBOLS[(number * 2654435761 % 2**40) >> shift & 31] for shift in range(0, 40, 5)).lower()


def person(seed: int, number: int) -> Record:
    """Invent a person or a group; some hide their name, some show initials alone."""
    r = random.Random(f"person {seed}:{number}")
    group = r.random() < 0.1
    name = f"{r.choice(FAMILIES)} {r.choice(MIDDLES)} {r.choice(WORDS['names'])}"
    display = "full" if group else r.choices(("full", "initials", "hidden"), (85, 10, 5))[0]
    record: Record = {
        "version": 1,
        "id": person_id(number),
        "kind": "tap-the" if group else "ca-nhan",
        "name": f"{r.choice(GROUPS)} {r.choice(WORDS['names'])} {number}" if group else name,
        "unit": r.choice(communes("2020-01-01")),
        "display": display,
        "consents": [{"form": "dong-y-2018-1", "scope": [display], "date": "2018-01-10", "how": "giay"}],
    }
    if display == "hidden":
        record["consents"] = []
    if not group:
        record["stratum"] = r.choice([s["id"] for s in kept()[layout.path_of("lists", "lists")]["strata"]])
    return record


def round_id(day: str) -> str:
    return f"dot-{day[:4]}-{1 if day[5:7] < '07' else 2}"


def rounds() -> Iterator[tuple[str, Record]]:
    """Open two rounds a year, where there is a unit to hold them."""
    for year in range(2018, 2027):
        council, unit, (first, _) = era(year)
        for half, name in ((1, "đầu"), (2, "cuối"))[first > 6 :]:
            key = f"dot-{year}-{half}"
            yield (
                layout.path_of("round", key),
                {
                    "version": 1,
                    "id": key,
                    "name": f"Đợt sáu tháng {name} năm {year}",
                    "unit": unit,
                    "rubric": RUBRIC,
                    "council": council,
                    "opens_on": f"{year}-{first if half == 1 else 7:02d}-01",
                    "closes_on": f"{year}-{'06-30' if half == 1 else '12-31'}",
                    "ballots": "open",
                    "publish": "on-decision",
                    "publish_marks": half == 1,
                },
            )


def decisions(honoured: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[str, Record]]:
    """Sign decisions over what each round's council recognised, and commend who did one thing in fifty."""
    for key, ideas in sorted(honoured.items()):
        for number, start in enumerate(range(0, len(ideas), IN_A_DECISION), 1):
            listed = ideas[start : start + IN_A_DECISION]
            name = f"qd-{key.removeprefix('dot-')}-{number}"
            council, issuer, _ = era(int(key[4:8]))
            signed: Record = {
                "version": 1,
                "number": f"{number}/QĐ-MTTQ-BTT",
                "date": f"{key[4:8]}-{'11-10' if key.endswith('2') else '09-20'}",
                "issuer": issuer,
                "body": "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam",
                "signer": {"position": "Chủ tịch"},
                "legal_bases": ["de-an-15-mttw"],
            }
            own = {"id": name, "kind": "cong-nhan", "council": council, "codes": [code for code, _ in listed]}
            yield layout.path_of("decision", name), signed | own
            awards = []
            for code, who in listed[::50]:
                award = f"bd-{code.lower()}"
                awards.append(award)
                yield (
                    layout.path_of("commendation", award),
                    {
                        "version": 1,
                        "id": award,
                        "award": "bieu-duong",
                        "person": who,
                        "date": signed["date"],
                        "issuer": issuer,
                        "reason": "Có cách làm hay và tận tình chỉ lại cho người khác.",
                        "codes": [code],
                    },
                )
            name, number_ = f"{name}-kt", f"{number}/QĐ-MTTQ-KT"
            own = {"id": name, "number": number_, "kind": "khen-thuong", "commendations": awards}
            yield layout.path_of("decision", name), signed | own


@cache
def picture(shape: int) -> bytes:
    """Draw a scene of fields under a sun, large enough to have to be made smaller."""
    r = random.Random(shape)
    image = Image.new("RGB", (1600, 1200), (r.randint(150, 220), r.randint(190, 230), 240))
    draw = ImageDraw.Draw(image)
    for row in range(12):
        green = (r.randint(40, 120), r.randint(110, 170), r.randint(30, 80))
        draw.polygon([(0, 500 + row * 60), (1600, 460 + row * 64 + r.randint(-30, 30)), (1600, 1200), (0, 1200)], green)
    for _ in range(300):
        x, y = r.randint(0, 1600), r.randint(560, 1200)
        draw.line((x, y, x + r.randint(-8, 8), y - r.randint(10, 40)), (60, 90, 40), 3)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=85)
    return made.getvalue()


def write(root: Path, path: str, data: Record | bytes) -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data if isinstance(data, bytes) else notation.write(data).encode())


def part(root: Path, seed: int, titles: list[str], numbers: range) -> list[tuple[str, str, str]]:
    """Write a run of ideas and their people; give what is to be decided: round, code, first author."""
    honoured = []
    for number in numbers:
        for path, data in idea(seed, number, titles):
            write(root, path, data)
            if path.endswith("/idea.yml") and isinstance(data, dict):
                honoured.append((data["round"], data["code"], data["authors"][0]["person"]))
        who = person(seed, number * 2 // 3)  # three ideas share two people and one of the next three
        write(root, layout.path_of("person", who["id"]), who)
    return honoured


def repository(root: Path, count: int, *, seed: int = 1, titles: list[str] | None = None, processes: int = 1) -> None:
    """Write the whole repository into an empty folder."""
    shutil.copytree(ROOT / "schemas", root / "schemas")
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("register"))
    theme = str(ROOT / "scripts" / "sangkien" / "render" / "theme")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("custom_dir: scripts/sangkien/render/theme", f"custom_dir: {theme}")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    for path, record in (*kept().items(), *rounds()):
        write(root, path, record)
    runs = [range(start, min(start + 300, count)) for start in range(0, count, 300)]
    honoured: dict[str, list[tuple[str, str]]] = {}
    with ProcessPoolExecutor(processes) as pool:
        for run in pool.map(partial(part, root, seed, titles or []), runs):
            for key, code, who in run:
                honoured.setdefault(key, []).append((code, who))
    write(root, layout.path_of("person", person_id(last := (count - 1) * 2 // 3 + 1)), person(seed, last))
    for path, record in decisions(honoured):
        write(root, path, record)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--titles", type=Path)
    given = parser.parse_args()
    real = [line.split("\t")[0] for line in given.titles.read_text("utf-8").splitlines()[1:]] if given.titles else []
    began = time.monotonic()
    given.out.mkdir(parents=True)
    repository(given.out, given.count, seed=given.seed, titles=real, processes=os.cpu_count() or 1)
    print(f"{given.count} ideas written to {given.out} in {time.monotonic() - began:.1f} s")
