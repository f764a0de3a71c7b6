"""Search among N invented ideas: time to build, size, files, and the bytes of a question, counted in a browser.

    PYTHONPATH=tests:tests/site .venv/bin/python tests/benchmark/search.py 100000 [--titles titles.tsv] [--site DIR]

`--site` names a built site: its search page asks the questions.
"""

import argparse
import random
import re
import resource
import shutil
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from invention import WORDS, invent, person_name
from playwright.sync_api import Page, Response, sync_playwright
from site_browser import CHROMIUM, FLAGS, served

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain import naming, views
from sangkien.domain.register import Register, build
from sangkien.domain.text import fold
from sangkien.render import search
from sangkien.render.wording import Wording
from sangkien.workflow.reading import load_schemas, read_registers


def crowd(count: int, titles: list[str], *, units: int = 400, seed: int = 1) -> Register:
    """Make a register of invented ideas, people and units on this repository's shelves."""
    store = Store(ROOT)
    shelves = build(read_registers(store, load_schemas(store)).books, (), without_samples=True)
    r = random.Random(seed)
    pick = r.choice
    ids = [f"xa-{number}-2010" for number in range(units)]
    names = {key: f"{pick(WORDS['names'])} {pick(WORDS['names'])}" for key in ids}
    people = [{"id": f"p-{number:08d}", "kind": "ca-nhan", "name": person_name(r)} for number in range(count * 2 // 3)]
    ideas = []
    for number in range(count):
        made = invent(seed, number, titles)
        on = f"{2018 + number % 9}-{1 + number % 12:02d}-15"
        record = {
            "code": made.code,
            "title": made.title,
            "kind": pick(("sang-kien", "y-tuong-moi", "cach-lam-moi")),
            "content": pick([*shelves.contents]),
            "field": pick([*shelves.fields]),
            "unit": ids[min(int(r.expovariate(0.02)), units - 1)],
            "applied": r.random() < 0.6,
            "summary": made.summary,
        }
        told = {"on": on, "rating": ("2019-1", pick(("xuat-sac", "tot", "dat"))), "sample": False}
        authors = [pick(people) for _ in range(1 + number % 2)] if people else []
        ideas.append(
            views.Idea(
                brief=cast("Any", SimpleNamespace(**record, **told)),
                place=number,
                authors=tuple(views.Author(credit=_credit(person), share=50) for person in authors),
                notices=(),
                titles=(),
                archive=cast("Any", SimpleNamespace(whole=lambda _, r=record: SimpleNamespace(record=r))),
            )
        )
    return Register(
        **{
            name: getattr(shelves, name)
            for name in Register.__slots__
            if name not in ("ideas", "people", "units", "years")
        },
        ideas=tuple(ideas),
        people={p["id"]: _person(p) for p in people},
        units={key: _unit(key, name) for key, name in names.items()},
        years={str(year): () for year in range(2018, 2027)},
    )


def _credit(person: dict[str, str]) -> naming.Credit:
    return naming.Credit(shown="full", name=person["name"], address=f"tac-gia/{person['id']}/")


def _person(person: dict[str, str]) -> views.Person:
    record = cast("Any", person | {"unit": "xa-0-2010"})
    return views.Person(record=record, credit=_credit(person), ideas=(), commendations=(), titles=())


def _unit(key: str, name: str) -> views.Unit:
    record = cast("Any", {"id": key, "level": "xa", "name": name, "valid_from": "2010-01-01"})
    none: dict[str, Any] = dict.fromkeys(
        ("predecessors", "successors", "children", "ideas", "below", "earlier", "adopted"), ()
    )
    return views.Unit(record=record, now=(key,), **none)


def questions(register: Register, count: int, seed: int = 2) -> dict[str, list[tuple[str, str]]]:
    """Ask for ideas in many ways: kind of question → what is typed and the code that should be found."""
    r = random.Random(seed)
    kinds: dict[str, list[tuple[str, str]]] = {}
    for idea in r.sample(register.ideas[:3000], min(count, len(register.ideas))):
        title = idea.title
        typed = title.split()
        some = [word if r.random() < 0.5 else fold(word) for word in typed]
        few = [typed[k] for k in sorted(r.sample(range(len(typed)), min(4, len(typed))))]
        for kind, text in {
            "whole title": title,
            "without marks": fold(title),
            "half with marks": " ".join(some),
            "decomposed": unicodedata.normalize("NFD", title),
            "four words": " ".join(few),
            "four words, no marks": fold(" ".join(few)),
        }.items():
            kinds.setdefault(kind, []).append((text, idea.code))
    syllables = Counter(word for idea in register.ideas for word in fold(idea.title).split())
    common = [word for word, _ in syllables.most_common(40)]
    kinds["one common word"] = [(word, "") for word in common]
    kinds["common words, not neighbours"] = [(" ".join(r.sample(common, 3)), "") for _ in range(40)]
    kinds["many common words"] = [(" ".join(r.sample(common, 8)), "") for _ in range(20)]
    return kinds


def ask(site: Path, kinds: dict[str, list[tuple[str, str]]]) -> None:
    """Ask every question on the search page of a fresh browser and print what each kind costs and finds."""
    address = served(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for kind, asked in kinds.items():
            costs, first, page_one, slow = [], 0, 0, []
            for text, code in asked:
                context = browser.new_context()
                page = context.new_page()
                got = _answers(page)
                page.on("pageerror", lambda error: print("error", error))
                start = time.perf_counter()
                page.goto(f"{address}tim-kiem/?q=" + text.replace("&", "%26").replace("#", "%23").replace("+", "%2B"))
                page.locator("#tim [role=status]").filter(has_text=re.compile(r"[.]$")).wait_for()
                slow.append(time.perf_counter() - start)
                data = [a for a in got if "/tim-kiem/" in a.url and re.search(r"[.](json|txt)$", a.url)]
                costs.append(sum(len(answer.body()) for answer in data))
                shown = page.locator("#ket-qua .sk-row__title").evaluate_all("all => all.map(a => a.href)")
                shown = [href for href in shown if "/ghi-nhan/" in href]
                short = code[5:].replace("-", "").lower()
                place = next((n for n, href in enumerate(shown) if short and short in href), -1)
                first, page_one = first + (place == 0), page_one + (place >= 0)
                if code and place < 0:
                    print("  not found:", kind, "|", text, "|", page.locator("#tim [role=status]").inner_text())
                context.close()
            costs.sort()
            print(
                f"{kind}: {len(asked)} asked, bytes p50 {costs[len(costs) // 2]}, most {costs[-1]}; "
                f"found {page_one}, first {first}; {sorted(slow)[len(slow) // 2]:.2f} s"
            )
        browser.close()


def _answers(page: Page) -> list[Response]:
    got: list[Response] = []

    def note(answer: Response) -> None:
        got.append(answer)

    page.on("response", note)
    return got


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--titles", type=Path)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--questions", type=int, default=50)
    given = parser.parse_args()
    titles: list[str] = []
    if given.titles:
        lines = given.titles.read_text(encoding="utf-8").splitlines()[1:]
        titles = list(dict.fromkeys(re.sub(r"\s+", " ", line.split("\t")[0]).strip() for line in lines))[: given.count]
    register = crowd(given.count, titles)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter(), time.process_time()
    files = list(search.files(Wording(register, {}), {}, ()))
    wall, own = time.perf_counter() - start[0], time.process_time() - start[1]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"build {wall:.1f} s ({own:.1f} s of processor), {grown:.0f} MB more memory")
    folders: dict[str, list[int]] = {}
    for path, data in files:
        folders.setdefault(path.split("/")[-2], []).append(len(data))
    for folder, sizes in folders.items():
        print(f"  {folder}: {len(sizes)} files, {sum(sizes) / 1e6:.2f} MB, most {max(sizes)} bytes")
    print(f"in all {len(files)} files, {sum(len(data) for _, data in files) / 1e6:.1f} MB")
    if given.site:
        with tempfile.TemporaryDirectory() as name:
            site = Path(name) / "site"
            shutil.copytree(
                given.site, site, ignore=lambda folder, _: ["tim-kiem"] if folder == str(given.site) else []
            )
            for path, data in files:
                place = site / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            shutil.copy(given.site / "tim-kiem/index.html", site / "tim-kiem/index.html")
            ask(site, questions(register, given.questions))


if __name__ == "__main__":
    main()
