"""Novelty search among N invented ideas: recall, time of a query, time to build and to open; run by hand.

    .venv/bin/python tests/benchmark/novelty.py 100000 [--titles titles.tsv] [--files] [--queries 200] [--json]

`--titles` gives the first ideas the real titles of a table (first column,
one heading line). `--files` writes real files, commits them and goes the whole way from the folders; without it the
ideas are handed to the index directly. Withdrawn ideas are among them. `--json` says all once more in a last line.
"""

import argparse
import json
import os
import random
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from invention import invent

from sangkien.adapters.git import Git
from sangkien.adapters.novelty import Shelf
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import idea_code, notation, novelty
from sangkien.domain.novelty import Entry, Spelt
from sangkien.domain.text import fold
from sangkien.workflow import similar

ROOT = Path(__file__).resolve().parent.parent.parent


def entry(seed: int, number: int, titles: list[str]) -> Entry:
    """Give an invented idea as the index takes it; every 97th is withdrawn."""
    made = invent(seed, number, titles)
    folder = idea_code.folder(made.code)
    texts = (made.summary, made.before, made.after, made.how_to)
    if number % 97 == 96:
        tokens = tuple(novelty.kept_tokens(made.title, texts))
        return Entry(code=made.code, status="rut", folder=folder, title=made.title, texts=texts, tokens=tokens)
    return Entry(code=made.code, status="dang-xet", folder=folder, title=made.title, texts=texts)


def as_kept(whole: Entry) -> Entry:
    """Give what the repository holds of an idea: of a withdrawn one the tokens alone."""
    if whole.tokens:
        return Entry(code=whole.code, status="rut", folder=whole.folder, tokens=whole.tokens)
    return whole


def disturb(text: str, r: random.Random, how: str) -> str:
    """Drop the marks and half of the words, and move the rest."""
    told = fold(text).split()
    kept = [told[k] for k in sorted(r.sample(range(len(told)), max(2, len(told) // 2)))]
    if how == "shuffled":
        r.shuffle(kept)
    elif how == "swapped":
        kept = [word for k in range(0, len(kept), 2) for word in reversed(kept[k : k + 2])]
    else:
        runs = [kept[k : k + 5] for k in range(0, len(kept), 5)]
        r.shuffle(runs)
        kept = [word for run in runs for word in run]
    return " ".join(kept)


def write_files(root: Path, whole: Iterator[Entry]) -> None:
    """Write the ideas as files and commit them."""
    subprocess.run(["cp", "-r", str(ROOT / "schemas"), str(root)], check=True)
    subprocess.run(["cp", "-r", "--parents", "content/register", str(root)], cwd=ROOT, check=True)
    for idea in whole:
        folder = root / idea.folder
        folder.mkdir(parents=True)
        if idea.tokens:
            record = {
                "version": 1,
                "code": idea.code,
                "date": "2026-01-01",
                "digest": "0" * 64,
                "tokens": [*idea.tokens],
            }
            (folder / "withdrawn.yml").write_text(notation.write(record), encoding="utf-8")
            continue
        names = ("summary", "before", "after", "how_to")
        record = {"version": 1, "code": idea.code, "title": idea.title, **dict(zip(names, idea.texts, strict=True))}
        (folder / "idea.yml").write_text(notation.write(record), encoding="utf-8")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=b", "-c", "user.email=b@b", "commit", "-qm", "b"]):
        subprocess.run(["git", *words], cwd=root, check=True)


def timed(label: str, work: Callable[[], similar.Base], found: dict[str, Any]) -> similar.Base:
    """Do something and print how long it took."""
    start = time.perf_counter()
    done = work()
    found[label] = time.perf_counter() - start
    print(f"{label}: {found[label]:.3f} s")
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--titles", type=Path)
    parser.add_argument("--files", action="store_true")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found: dict[str, Any] = {}
    titles: list[str] = []
    if given.titles:
        lines = given.titles.read_text(encoding="utf-8").splitlines()[1:]
        titles = list(dict.fromkeys(re.sub(r"\s+", " ", line.split("\t")[0]).strip() for line in lines))[: given.count]
    workers = Pool(given.processes)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shelf = Shelf(root / ".cache" / "novelty")
        set_aside = similar.set_aside_in(Store(ROOT))

        def one(number: int) -> tuple[Entry, Spelt]:
            kept = as_kept(entry(given.seed, number, titles))
            return kept, novelty.terms_of_entry(kept, set_aside).spelt()

        if given.files:
            write_files(root, (entry(given.seed, number, titles) for number in range(given.count)))

            def open_it() -> similar.Base:
                store = Store(root)
                return similar.open_base(store, Git(root), shelf, workers, similar.set_aside_in(store))

            timed("build from files", open_it, found)
            base = timed("open, with git asked for changes", open_it, found)
        else:

            def build() -> similar.Base:
                index = shelf.build("0" * 20, {"left_out": []}, {}, workers.map(one, range(given.count)))
                return similar.Base(index=index, set_aside=set_aside)

            timed("build, inventing the ideas included", build, found)

            def reopen() -> similar.Base:
                index = shelf.open("0" * 20)
                assert index is not None
                return similar.Base(index=index, set_aside=set_aside)

            base = timed("open", reopen, found)
        size = sum(file.stat().st_size for file in (root / ".cache").rglob("*") if file.is_file())
        found["index_bytes"] = size
        print(f"index: {size / 1e6:.1f} MB, {base.index.statistics.documents} ideas")
        kinds = {
            "full text": range(given.count),
            "idea": range(given.count),
            "title": range(len(titles)),
            "withdrawn": range(96, given.count, 97),
        }
        for kind, numbers in kinds.items():
            for how in ("shuffled", "swapped", "in runs") if numbers else ():
                found[f"{kind}, {how}"] = measure(
                    base, kind, how, given.queries, lambda number: entry(given.seed, number, titles), numbers
                )
    if given.json:
        print(json.dumps(found))


def measure(
    base: similar.Base, kind: str, how: str, queries: int, idea: Callable[[int], Entry], numbers: range
) -> dict[str, float]:
    """Ask for disturbed copies and print how many are found among the ten, how many first, and how quickly."""
    r = random.Random(f"{kind}{how}")
    found = first = 0
    times = []
    for _ in range(queries):
        source = idea(r.choice(numbers))
        while kind == "title" and source.tokens:  # a withdrawn idea's title is gone
            source = idea(r.choice(numbers))
        text = source.title if kind == "title" else "\n".join((source.title, *source.texts))
        new = similar.NewText(texts=(disturb(text, r, how),))
        if kind == "idea":  # as the proposer's form gives it, field by field
            texts = tuple(disturb(own, r, how) for own in source.texts)
            new = similar.NewText(title=disturb(source.title, r, how), texts=texts)
        start = time.perf_counter()
        codes = [near.code for near in similar.nearest(base, new)]
        times.append((time.perf_counter() - start) * 1000)
        found += source.code in codes
        first += codes[:1] == [source.code]
    times.sort()
    told = {"recall": found / queries, "first": first / queries}
    told |= {"p50_ms": times[len(times) // 2], "p95_ms": times[int(len(times) * 0.95)]}
    print(
        f"{kind}, {how}: recall@10 {told['recall']:.3f}, first {told['first']:.3f}, "
        f"p50 {told['p50_ms']:.1f} ms, p95 {told['p95_ms']:.1f} ms"
    )
    return told


if __name__ == "__main__":
    main()
