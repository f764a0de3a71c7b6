"""Sites built for tests: the theme's shells once a session, registers stamped on them in memory."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from site_browser import CHROMIUM, FLAGS
from site_tools import mkdocs, unpacked
from site_world import World, small_world

from places import ROOT
from sangkien.adapters.bundles import Bundles
from sangkien.adapters.generator import generate
from sangkien.adapters.pool import Pool
from sangkien.adapters.press import Press
from sangkien.adapters.workshop import Workshop
from sangkien.render.sheets import Sheet
from sangkien.workflow.base import Base
from sangkien.workflow.publish import Outcome, Shop, Unseen, stamp
from surveying import surveyed

Stamp = Callable[..., tuple[dict[str, bytes], Outcome]]


class Memory:
    """A site that is written to memory; packed files are kept unpacked, so that whoever looks sees what they say."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    @contextmanager
    def of(self, job: int) -> Iterator["Memory"]:
        del job
        yield self

    def put(self, path: str, data: bytes) -> None:
        assert path not in self.files, f"written twice: {path}"
        self.files[path] = unpacked(path, data)


class Blank(Press):
    """A press that gives every sheet's values instead of a print."""

    def __init__(self) -> None:
        self.kept = Path("nothing-is-kept")

    def print(self, sheets: Iterable[tuple[str, Sheet]]) -> Iterator[tuple[str, bytes]]:
        for path, sheet in sheets:
            yield path, json.dumps(sheet.values, ensure_ascii=False).encode()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """Give the shells and written pages of the small world, rendered by mkdocs once."""
    root = small_world().write(tmp_path_factory.mktemp("base"))
    file = root / "base.json"
    generate(root, root / "pages", file)
    return Base.from_json(file.read_text(encoding="utf-8"))


@pytest.fixture
def stamped(base: Base, tmp_path: Path) -> Stamp:
    """Give a function that writes a world down and stamps its site in memory."""

    def run(world: World, *, without_samples: bool = False, site_url: str = "") -> tuple[dict[str, bytes], Outcome]:
        root = world.write(tmp_path / f"world-{len(list(tmp_path.iterdir()))}")
        output = Memory()
        here = replace(base, site_url=site_url)
        workshop = Workshop(root)
        workshop.press = Blank()
        shop = Shop(workers=Pool(1), workshop=workshop, bundles=Bundles(root), output=output, progress=Unseen())
        outcome = stamp(here, surveyed(root), shop, without_samples=without_samples)
        return output.files, outcome

    return run


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the small world and this repository itself, each once."""
    out = tmp_path_factory.mktemp("sites")
    small = small_world(sample=True).write(tmp_path_factory.mktemp("small"))
    mkdocs(small, out / "small", SITE_URL="https://vi-du.example/repo/")
    mkdocs(ROOT, out / "real")
    return {"small": out / "small", "real": out / "real"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser, where there is one."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
