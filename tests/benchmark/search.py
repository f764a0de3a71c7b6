"""Search among N invented ideas: time to build, size and files, bytes a browser fetches for one question; run by hand.

    .venv/bin/python tests/benchmark/search.py 100000 [--titles titles.tsv] [--queries 300]

Questions are titles and parts of them, typed as people type: with all marks, with none, with half, decomposed, in the
old tone style. Bytes are counted in a browser, the page and its scripts left out. `--titles` gives the first ideas the
real titles of a table (first column, one heading line).
"""

import argparse
import dataclasses
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from novelty import entry
from playwright.sync_api import Page, Response, sync_playwright

from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.domain import views
from sangkien.domain.naming import Credit
from sangkien.domain.register import Register, build
from sangkien.domain.text import fold, fold_letters
from sangkien.render import search
from sangkien.render.vietnamese import KINDS
from sangkien.render.wording import Wording
from sangkien.workflow.validate import survey

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "site")]
from site_browser import CHROMIUM, FLAGS, served  # noqa: E402  # the tests' own browser and server

OLD_STYLE = {"òa": "oà", "óa": "oá", "ọa": "oạ", "ủy": "uỷ", "úy": "uý", "òe": "oè", "ỏe": "oẻ"}


def crowd(register: Register, count: int, titles: list[str]) -> Register:
    """Put invented ideas in place of the register's own."""
    fields, contents, units = list(register.fields), list(register.contents), list(register.units)
    rubric = next(iter(register.rubrics.values()))
    ratings = [rating["id"] for rating in rubric.get("ratings", ())]

    def one(number: int) -> views.Idea:
        told, r = entry(1, number, titles), random.Random(number)
        code = told.code
        record: Any = {
            "code": code, "title": told.title, "summary": told.texts[0], "kind": r.choice(list(KINDS)),
            "field": r.choice(fields), "content": r.choice(contents), "unit": r.choice(units), "cost": {},
            "applied": True,
        }  # fmt: skip
        said: Any = SimpleNamespace(
            on=f"{code[:4]}-{r.randint(1, 12):02}-{r.randint(1, 28):02}",
            conclusion={"rubric": rubric["id"], "rating": r.choice(ratings)},
        )
        name = " ".join(r.choices(["Nguyễn", "Trần", "Mẫu", "Thị", "An", "Bình", "Yến", "Giang", "Oanh"], k=3))
        author = views.Author(credit=Credit(shown="initials", name=name), share=100)
        return views.Idea(record=record, recognitions=(said,), authors=(author,))

    return dataclasses.replace(register, ideas=tuple(one(n) for n in range(count)))


def typed(title: str, r: random.Random) -> tuple[str, str]:
    """Type a title as somebody might; gives the way and the text."""
    words = title.split()
    start = r.randrange(max(1, len(words) - 3))
    part = words[start : start + r.randint(3, 7)] if r.random() < 0.5 else words
    way = r.choice(["marks", "none", "half", "decomposed", "old style"])
    bare = [fold_letters(word) for word in part]
    text = " ".join(part)
    if way == "none":
        text = " ".join(bare)
    elif way == "half":
        text = " ".join(word if r.random() < 0.5 else plain for word, plain in zip(part, bare, strict=True))
    elif way == "decomposed":
        text = unicodedata.normalize("NFD", text)
    elif way == "old style":
        for new, old in OLD_STYLE.items():
            text = text.replace(new, old)
    return way, text


def counted(page: Page) -> list[int]:
    """Keep the sizes of the index's files a page asks for."""
    sizes: list[int] = []

    def keep(answer: Response) -> None:
        if "/tim-kiem/" in answer.url and "?" not in answer.url:
            sizes.append(len(answer.body()))

    page.on("response", keep)
    return sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--titles", type=Path)
    parser.add_argument("--queries", type=int, default=300)
    given = parser.parse_args()
    titles: list[str] = []
    if given.titles:
        lines = given.titles.read_text(encoding="utf-8").splitlines()[1:]
        titles = list(dict.fromkeys(re.sub(r"\s+", " ", line.split("\t")[0]).strip() for line in lines))[: given.count]
    found = survey(Store(ROOT), Pool(1))
    register = crowd(build(found.books, found.dossiers, without_samples=False), given.count, titles)
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        subprocess.run(
            [sys.executable, "-m", "sangkien", "publish", "--out", name], cwd=ROOT, check=True, capture_output=True
        )
        subprocess.run(["rm", "-rf", *map(str, (site / "tim-kiem").glob("[0-9a-f]*"))], check=True)
        start = time.perf_counter()
        files = list(search.files(Wording(register, {}), {}))
        print(f"build: {time.perf_counter() - start:.1f} s, {len(files)} files, ", end="")
        print(f"{sum(len(text.encode()) for _, text in files) / 1e6:.1f} MB")
        for path, text in files:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        ask(site, register, given.queries, titles)


def ask(site: Path, register: Register, queries: int, titles: list[str]) -> None:
    """Ask in a browser; print the bytes fetched, how often the right idea came first, and the dearest question."""
    r = random.Random(7)
    asked = [r.choice(titles or [idea.title for idea in register.ideas]) for _ in range(queries)]
    cost: list[tuple[int, str]] = []
    ranks: dict[str, list[int]] = {}
    address = served(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for title in asked:
            way, text = typed(title, r)
            page = browser.new_context().new_page()
            sizes = counted(page)
            page.goto(f"{address}tim-kiem/?{urlencode({'q': text})}", wait_until="networkidle")
            rows = [fold(row) for row in page.locator("[data-results] .sk-row__title").all_text_contents()]
            place = rows.index(fold(title)) + 1 if fold(title) in rows else 0
            ranks.setdefault(way, []).append(place)
            cost.append((sum(sizes), text))
            if not place:
                print(f"missed: {text!r} of {title!r}; first was {rows[:1]}")
            page.context.close()
        browser.close()
    sums = sorted(size for size, _ in cost)
    print(
        f"bytes a question: median {statistics.median(sums):.0f}, p95 {sums[int(len(sums) * 0.95)]}, most {max(cost)}"
    )
    for way, places in sorted(ranks.items()):
        print(f"{way}: first {sum(p == 1 for p in places)}/{len(places)}, among ten {sum(p > 0 for p in places)}")


if __name__ == "__main__":
    main()
