"""A hub over N invented registers of M ideas: time, memory, files, size, and the bytes of a question.

    PYTHONPATH=tests:tests/site .venv/bin/python tests/benchmark/hub.py --registers 34 --ideas 3000 [--out DIR] [--ask]
        [--titles titles.tsv]

The registers are written directly, in the shape of `register.schema.json`, and are no samples. `--out` keeps what was
made, `--ask` asks the search page of the built hub in a browser,
for the ideas that have a given title where there are any: invented titles are made of few words, real ones are not.
"""

import argparse
import gzip
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from invention import WORDS, invent

from places import ROOT
from sangkien.domain import address
from sangkien.domain.notation import is_clean
from sangkien.domain.text import canonical, fold
from sangkien.render.open_data import WHOLE

KINDS = ("sang-kien", "y-tuong-moi", "cach-lam-moi")
FIELDS = {
    "nong-nghiep": "Nông nghiệp", "giao-duc": "Giáo dục", "y-te": "Y tế", "moi-truong": "Môi trường",
    "hanh-chinh": "Cải cách hành chính", "co-khi": "Cơ khí, sản xuất", "van-hoa": "Văn hóa, cộng đồng",
}  # fmt: skip
CONTENTS = {"nd1": "Cơ quan", "nd2": "Hộ gia đình", "nd3": "Trường học", "nd4": "Lực lượng vũ trang"}
CRITERIA = (("tinh-moi", 30), ("tinh-phu-hop", 15), ("tinh-tap-the", 15), ("hieu-qua", 25), ("tinh-kinh-te", 15))
RATINGS = (("xuat-sac", "Xuất sắc"), ("tot", "Tốt"), ("dat", "Đạt"))
UNITS = 120  # of one register


def provinces(count: int, seed: int = 1) -> list[str]:
    """Invent names of provinces, each once."""
    r = random.Random(f"{seed}:provinces")
    made: dict[str, None] = {}
    while len(made) < count:
        made[f"Mẫu {r.choice(WORDS['names'])} {r.choice(WORDS['names'])}"] = None
    return list(made)


def register(
    number: int, name: str, ideas: int, seed: int = 1, titles: Sequence[str] = (), step: int = 1
) -> dict[str, Any]:
    """Invent the register of one province; its ideas' codes are no other's, every `step`-th takes a title given."""
    r = random.Random(f"{seed}:register:{number}")
    units = {f"xa-{n}-2010": f"Xã {r.choice(WORDS['names'])} {r.choice(WORDS['names'])}" for n in range(UNITS)}
    made = [_idea(r, number * ideas + n, [*units], seed) for n in range(ideas)]
    for place, title in zip(range(0, ideas, step), titles, strict=False):
        made[place]["title"] = title
    return {
        "$schema": "register.schema.json",
        "version": 1,
        "site": {"name": f"Bảng vàng sáng tạo tỉnh {name}", "url": f"https://tinh-{number + 1}.example/"},
        "topology": "closed",
        "councils": {"hd-tinh": f"Hội đồng sáng kiến tỉnh {name}"},
        "rubrics": {
            "2019-1": {
                "id": "2019-1",
                "criteria": [{"id": key, "label": key, "max_score": most} for key, most in CRITERIA],
                "ratings": [{"id": key, "label": label} for key, label in RATINGS],
            }
        },
        "contents": CONTENTS,
        "fields": FIELDS,
        "units": units,
        "ideas": sorted(made, key=lambda idea: str(idea["code"])),
    }


def _idea(r: random.Random, number: int, units: list[str], seed: int) -> dict[str, Any]:
    made = invent(seed, number)
    year = int(made.code[:4])
    on = f"{min(year + r.randint(0, 1), 2026)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}"
    marks = [(key, f"{most * r.randint(60, 95) / 100:.2f}") for key, most in CRITERIA]
    digest = hashlib.sha256(made.code.encode()).hexdigest()
    return {
        "code": made.code,
        "kind": r.choice(KINDS),
        "title": made.title,
        "content": r.choice([*CONTENTS]),
        "field": r.choice([*FIELDS]),
        "unit": units[min(int(r.expovariate(0.05)), len(units) - 1)],
        "submitted_on": f"{year}-01-15",
        "applied": r.random() < 0.6,
        "places": r.randint(0, 4),
        "address": address.idea(made.code),
        "revoked": False,
        "conclusions": [
            {
                "council": "hd-tinh", "number": 1, "decision": f"qd-{on[:4]}-{on[5:7]}", "rating": r.choice(RATINGS)[0],
                "recognised_on": on, "digest": digest, "round": f"dot-{on[:4]}", "concluded_on": on,
                "rubric": "2019-1", "rubric_digest": digest, "rules": 1, "members": 7, "base": 7,
                "quorum": {"needed": 5, "have": 7, "met": True},
                "criteria": [
                    {"id": key, "mean": mark, "median": mark, "spread": "2.00", "pass": True} for key, mark in marks
                ],
                "total": {"mean": "78.00", "median": "78.50", "spread": "6.00"}, "agree": 6, "result": "cong-nhan",
                "outcome": "cong-nhan", "scored_digest": digest, "why": [], "abstained": 0, "recused": 0,
                "conflicted": 0, "marks": "aggregates",
            }
        ],
    }  # fmt: skip


def published(told: dict[str, Any], whole: int = WHOLE) -> Iterator[tuple[str, bytes]]:
    """Write a register down as a site does: whole, or beyond so many ideas in packed parts, one a year."""
    ideas = told["ideas"]
    parts = []
    if len(ideas) > whole:
        years: dict[str, list[Any]] = {}
        for idea in ideas:
            years.setdefault(idea["conclusions"][0]["recognised_on"][:4], []).append(idea)
        for year, own in sorted(years.items()):
            data = gzip.compress(_json(told | {"ideas": own}), 4, mtime=0)
            parts.append({"address": f"{year}.json.gz", "ideas": len(own), "sha256": hashlib.sha256(data).hexdigest()})
            yield f"{year}.json.gz", data
    yield "register.json", _json(told | ({"parts": parts, "ideas": []} if parts else {}))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def write_registers(out: Path, registers: int, ideas: int, titles: Sequence[str] = ()) -> list[Path]:
    """Write invented registers, each in a folder of its own; gives their files."""
    files = []
    for number, name in enumerate(provinces(registers)):
        folder = out / f"tinh-{number + 1}"
        folder.mkdir(parents=True)
        own = titles[number::registers]
        for path, data in published(register(number, name, ideas, titles=own, step=max(1, ideas // (len(own) or 1)))):
            (folder / path).write_bytes(data)
        files.append(folder / "register.json")
    return files


def build(files: list[Path], out: Path, processes: int) -> None:
    """Build the hub as the command does, and print what it took."""
    timings = out.with_name("timings.jsonl")
    timings.unlink(missing_ok=True)
    start = time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "sangkien", "hub", *map(str, files), "--out", str(out), "--processes", str(processes)],
        cwd=ROOT,
        env=os.environ | {"SANGKIEN_TIMINGS": str(timings), "SITE_URL": "https://gom.example/"},
    )
    _, status, used = os.wait4(run.pid, 0)
    wall = time.perf_counter() - start
    print(f"hub: {wall:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of processor, most of one process "
          f"{used.ru_maxrss / 1024:.0f} MB, exit {os.waitstatus_to_exitcode(status)}")  # fmt: skip
    for line in timings.read_text(encoding="utf-8").splitlines():
        stage = json.loads(line)
        print(f"  {stage['stage']}: {stage['seconds']:.1f} s")
    places = [place for place in out.rglob("*") if place.is_file()]
    folders: dict[str, list[int]] = {}
    for place in places:
        folders.setdefault(place.relative_to(out).parts[0], []).append(place.stat().st_size)
    for folder, sizes in sorted(folders.items(), key=lambda item: -sum(item[1]))[:6]:
        print(f"  {folder}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")
    print(f"in all {len(places)} files, {sum(place.stat().st_size for place in places) / 1e6:.1f} MB")


def questions(told: list[dict[str, Any]], count: int, titles: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Ask for ideas by their titles, by some of their words, and by their codes."""
    r = random.Random(3)
    kinds: dict[str, list[tuple[str, str]]] = {}
    known = set(titles)
    ideas = [idea for one in told for idea in one["ideas"] if not known or idea["title"] in known]
    for idea in r.sample(ideas, min(count, len(ideas))):
        title, code = str(idea["title"]), str(idea["code"])
        few = " ".join(
            title.split()[k] for k in sorted(r.sample(range(len(title.split())), min(4, len(title.split()))))
        )
        for kind, text in {"whole title": title, "without marks": fold(title), "four words": fold(few)}.items():
            kinds.setdefault(kind, []).append((text, code))
    kinds["one common word"] = [(word, "") for word in ("tưới", "xã", "mô hình", "Mẫu")]
    return kinds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registers", type=int, default=34)
    parser.add_argument("--ideas", type=int, default=3000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--titles", type=Path)
    parser.add_argument("--ask", action="store_true")
    given = parser.parse_args()
    titles: list[str] = []
    if given.titles:
        lines = given.titles.read_text(encoding="utf-8").splitlines()[1:]
        read = (canonical(" ".join(line.split("\t")[0].split())) for line in lines)
        titles = list(dict.fromkeys(title for title in read if is_clean(title)))
    with tempfile.TemporaryDirectory() as name:
        room = given.out or Path(name)
        start = time.perf_counter()
        files = write_registers(room / "so", given.registers, given.ideas, titles)
        size = sum(place.stat().st_size for place in (room / "so").rglob("*") if place.is_file())
        print(f"{len(files)} registers of {given.ideas} ideas, {size / 1e6:.1f} MB, invented in "
              f"{time.perf_counter() - start:.1f} s")  # fmt: skip
        build(files, room / "gom", given.processes)
        print(f"this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        if given.ask:
            from search import ask  # noqa: PLC0415  # a browser is needed for this alone

            ask(room / "gom", questions([json.loads(file.read_bytes()) for file in files], 40, titles))


if __name__ == "__main__":
    main()
