"""Both doors give the same bytes, every time, under any prefix, and as mkdocs itself would render them."""

import base64
import gzip
import hashlib
import html
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urldefrag, urlsplit

import crowd
import pytest
from click.testing import CliRunner
from site_fixtures import Blank, Memory
from site_tools import contents, mkdocs, sangkien, write_by_hand
from site_world import DRIP, READ, SOAP, code, small_world

from places import ROOT
from sangkien.adapters.bundles import Bundles
from sangkien.adapters.darkroom import Darkroom
from sangkien.adapters.generator import generate
from sangkien.adapters.pool import Pool
from sangkien.adapters.site_folder import SiteFolder
from sangkien.adapters.workshop import Workshop
from sangkien.cli import main
from sangkien.domain import idea_code
from sangkien.render.idea_page import idea_page
from sangkien.render.pages import pages
from sangkien.render.wording import Wording
from sangkien.workflow import publish
from sangkien.workflow.base import Base
from surveying import surveyed

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site


@pytest.mark.parametrize("site_url", ["", "https://vi-du.example/repo/"])
def test_both_doors_give_the_same_bytes_twice(tmp_path: Path, site_url: str) -> None:
    root = small_world(sample=True).write(tmp_path / "world")
    mkdocs(root, tmp_path / "one", SITE_URL=site_url)
    run = sangkien(
        root, "publish", "--out", str(tmp_path / "two"), "--tar", str(tmp_path / "two.tar"), SITE_URL=site_url
    )
    again = sangkien(
        root, "publish", "--out", str(tmp_path / "two"), "--tar", str(tmp_path / "3.tar"), SITE_URL=site_url
    )
    with tarfile.open(tmp_path / "two.tar") as tar:
        tar.extractall(tmp_path / "packed", filter="data")

    assert (run.returncode, again.returncode) == (0, 0), run.stderr + again.stderr
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "packed")
    assert (tmp_path / "two.tar").read_bytes() == (tmp_path / "3.tar").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["3.tar", "one", "packed", "two", "two.tar", "world"]


def test_this_repository_builds_the_same_by_both_doors(sites: dict[str, Path], tmp_path: Path) -> None:
    run = sangkien(ROOT, "publish", "--out", str(tmp_path / "site"))

    assert run.returncode == 0, run.stderr
    assert contents(sites["real"]) == contents(tmp_path / "site")
    assert not any("register/" in path or path.endswith((".yml", ".new")) for path in contents(sites["real"]))


# What only the records behind a page can tell its head.
FROM_RECORDS = re.compile(rb"<link rel=alternate[^>]*>|<script type=application/ld\+json>.*?</script>")


def test_stamped_pages_are_what_mkdocs_renders(tmp_path: Path) -> None:
    """A sample goes the true way: a Markdown page holding the same body, through Material and the same squeezing."""
    world = small_world(sample=True)
    root = world.write(tmp_path / "world")
    url = "https://vi-du.example/repo/"
    mkdocs(root, tmp_path / "stamped", SITE_URL=url)
    register = surveyed(root).register(without_samples=False)
    sample = [f"ghi-nhan/2019/{idea_code.compact(code)}/" for code in (DRIP, READ)] + [
        "ghi-nhan/",
        "tac-gia/p-0a1b2c3d/",
        "don-vi/xa-suoi-mau-2010/",
        "quyet-dinh/qd-1/",
        "nam/2019/",
        "thong-ke/",
        "gui/",
    ]
    sample.append(f"{sample[0]}chia-se/")
    assert register.movement
    written = 0
    pictures = publish.develop(register, Darkroom(root), SiteFolder(tmp_path / "pictures"))
    for page in pages(Wording(register, pictures), register.movement["site_title"], url):
        if page.address not in sample:
            continue
        write_by_hand(root, page)
        written += 1
    shutil.rmtree(root / "content" / "register" / "people")  # or a page written by hand could not name anybody
    mkdocs(root, tmp_path / "true", SITE_URL=url)

    assert written == len(sample)
    for address in sample:
        stamped, true = ((tmp_path / name / address / "index.html").read_bytes() for name in ("stamped", "true"))
        assert FROM_RECORDS.sub(b"", stamped) == true, address


def test_fifty_ideas_are_stamped_as_mkdocs_renders_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, url = tmp_path / "crowd", "https://vi-du.example/repo/"
    monkeypatch.setenv("SITE_URL", url)
    crowd.write_repository(root, 80, seed=5)
    stamped = stamped_in_memory(root)
    register = surveyed(root).register(without_samples=False)
    assert register.movement
    pictures = publish.develop(register, Darkroom(root), SiteFolder(tmp_path / "pictures"))
    wording = Wording(register, pictures)
    ideas = random.Random(50).sample(register.ideas, 50)
    for idea in ideas:
        write_by_hand(root, idea_page(idea, wording, url))
    shutil.rmtree(root / "content" / "register" / "people")  # or a page written by hand could not name anybody
    true = stamped_in_memory(root)

    for idea in ideas:
        path = f"{idea.address}index.html"
        assert FROM_RECORDS.sub(b"", stamped[path]) == true[path], path


def stamped_in_memory(root: Path) -> dict[str, bytes]:
    """Build a site by both its halves, mkdocs' and the register's, without printing anything."""
    with TemporaryDirectory() as folder:
        generate(root, Path(folder) / "pages", Path(folder) / "base.json")
        base = Base.from_json((Path(folder) / "base.json").read_text(encoding="utf-8"))
    output, workshop = Memory(), Workshop(root)
    workshop.press = Blank()
    shop = publish.Shop(
        workers=Pool(1), workshop=workshop, bundles=Bundles(root), output=output, progress=publish.Unseen()
    )
    publish.stamp(base, surveyed(root), shop, without_samples=False)
    return output.files


class Links(HTMLParser):
    """The links and ids of a page."""

    @staticmethod
    def body(file: Path) -> str:
        return file.read_text(encoding="utf-8").partition("<main")[2]

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("rel", "canonical") in attrs or (tag == "a" and ("rel", "noopener nofollow") in attrs):
            return  # it leaves the site, and says so
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.append(value)
            if name == "id" and value:
                self.ids.append(value)


def broken(site: Path, prefix: str = "/") -> Iterator[str]:
    """Follow every link and fragment of a site that stands under a prefix."""
    parsed = {p.relative_to(site).as_posix(): Links(p.read_text(encoding="utf-8")) for p in site.rglob("*.html")}
    for path, page in parsed.items():
        for doubled in {i for i in page.ids if page.ids.count(i) > 1}:
            yield f"{path}: id {doubled} twice"
        for link in (link for link in page.links if not link.startswith("data:image/webp;")):  # in slides
            target, fragment = urldefrag(link)
            if urlsplit(target).scheme:
                yield f"{path}: {link} leaves the site"
                continue
            if target.startswith("/"):
                if not target.startswith(prefix):
                    yield f"{path}: {link} leaves {prefix}"
                    continue
                there = PurePosixPath(target.removeprefix(prefix))
            else:
                there = (
                    PurePosixPath(os.path.normpath(PurePosixPath(path).parent / target))
                    if target
                    else PurePosixPath(path)
                )
            if ".." in there.parts:
                yield f"{path}: {link} climbs out of the site"
            file = there.as_posix() if (site / there).is_file() else (there / "index.html").as_posix()
            if not (site / file).is_file():
                yield f"{path}: {link} leads nowhere"
            elif fragment and fragment not in parsed[file].ids and not idea_code.read(fragment):  # what to recount
                yield f"{path}: {link} has no such place"


@pytest.mark.parametrize(("name", "prefix"), [("small", "/repo/"), ("real", "/")])
def test_all_links_and_fragments_resolve(sites: dict[str, Path], name: str, prefix: str) -> None:
    assert list(broken(sites[name], prefix)) == []


def is_proof(path: str) -> bool:
    """Tell whether papers are checked there, on a page that runs nothing."""
    return re.match(r"xac-minh/[^/]+/", path) is not None


def test_pages_have_a_strict_policy_and_nothing_inline(sites: dict[str, Path]) -> None:
    for path, data in contents(sites["real"]).items():
        if not path.endswith(".html"):
            continue
        page = data.decode()
        assert page.count("<title>") == page.count("<h1") == len(re.findall('name="?viewport', page)) == 1, path
        if path.endswith("/le/index.html"):
            assert not re.search(r"\sstyle=|\son\w+=", page), path
            style, script = (re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL) for tag in ("style", "script"))
            hashes = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in (*style, *script)]
            policy = re.search(r'Content-Security-Policy content="([^"]*)"', html.unescape(page.replace("&#34;", "'")))
            assert policy
            assert re.findall(r"sha256-([\w+/=]+)", policy[1]) == hashes, path
            assert policy[1].startswith("default-src 'none'; img-src data:; font-src data:; base-uri 'none';"), path
            continue
        runs = "" if is_proof(path) else "script-src 'self';"
        assert f"default-src 'none';{runs}style-src 'self'" in page, path
        assert not re.search(r"<script(?![^>]*\b(?:src=|type=application/ld))|<style|\sstyle=|\son\w+=", page), path
        assert not re.search(r"sk-shell|id=\"sk-(?:body|head|banner)\"", page), path
        # Addresses that can be nobody's (RFC 2606) may stand in a guide.
        assert not re.search(r"https?://(?!www\.w3\.org|[a-z.-]+\.example/)", page), path


def test_sitemap_lists_every_page_and_only_those(sites: dict[str, Path]) -> None:
    listed = re.findall(
        r"<loc>https://vi-du\.example/repo/([^<]*)</loc>", (sites["small"] / "sitemap-1.xml").read_text()
    )
    there = {path.removesuffix("index.html") for path in contents(sites["small"]) if path.endswith("index.html")}
    # Kept from search engines: they repeat what other pages say, or say that something was taken back.
    kits = {path for path in there if path.endswith(("/chia-se/", "/le/", "/loi-dan/", "/bd-2/")) or is_proof(path)}

    assert kits
    assert sorted(listed) == sorted(there - kits)


def test_not_found_page_works_at_any_depth_under_a_prefix(sites: dict[str, Path]) -> None:
    page = (sites["small"] / "404.html").read_text(encoding="utf-8")

    assert all(link.startswith(("/repo/", "#")) for link in Links(page).links)
    assert "Không thấy trang này" in page


def test_pictures_are_small_and_carry_no_metadata(sites: dict[str, Path]) -> None:
    folder = sites["small"] / "ghi-nhan" / "2019" / idea_code.compact(SOAP)

    assert sorted(p.name for p in folder.iterdir()) == [
        "anh-1.nho.webp", "anh-1.webp", "anh-2.nho.webp", "anh-2.webp", "anh-chia-se.jpg", "anh-dung.jpg", "chia-se",
        "index.html",
    ]  # fmt: skip
    assert not any(b"SECRET" in picture.read_bytes() for picture in (*folder.glob("*.webp"), *folder.glob("*.jpg")))
    assert (folder / "anh-1.nho.webp").stat().st_size < (folder / "anh-1.webp").stat().st_size
    assert 'width="1200" height="750"' in (folder / "index.html").read_text()


def test_what_is_no_picture_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    (tmp_path / "b.jpg").symlink_to(ROOT / "README.md")

    assert [Darkroom(tmp_path).develop(name, 1200) for name in ("a.jpg", "b.jpg", "c.jpg")] == [None] * 3


def test_first_view_of_an_idea_is_light(sites: dict[str, Path]) -> None:
    site = sites["real"]
    page = next((site / "ghi-nhan").glob("*/*/index.html"))
    css = [
        *site.glob("assets/stylesheets/*.css"),
        site / "assets/site.css",
        site / "assets/theme.js",
        site / "assets/icon.svg",
    ]
    fonts = sum(font.stat().st_size for font in (site / "assets/fonts").glob("*.woff2"))

    assert sum(len(gzip.compress(file.read_bytes())) for file in [page, *css]) + fonts <= 100 * 1024


def test_vendored_files_are_as_published() -> None:
    theirs = "scripts/sangkien/render/theme/assets", "scripts/sangkien/render/print/fonts", "tests/vendor"
    for manifest in (ROOT / folder / "MANIFEST.txt" for folder in theirs):
        lines = [line for line in manifest.read_text().splitlines() if not line.startswith("#")]
        assert lines
        for line in lines:
            digest, name, source = line.split()
            assert hashlib.sha256((manifest.parent / name).read_bytes()).hexdigest() == digest, name
            assert "@" in source
            assert "://" not in source


def test_long_lists_are_cut_into_pages_and_stay_linked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    world = small_world()
    monkeypatch.setattr("sangkien.render.listing.PER_PAGE", 10)
    monkeypatch.setattr("sangkien.render.years.PER_PAGE", 10)
    for number in range(22):
        key = code(f"{number:03d}BATE")
        world.idea(key, f"Cách làm thứ {number:03d} của bà con")
        world.recognise(key, "qd-9")
    root = world.write(tmp_path / "world")
    site = tmp_path / "site"
    monkeypatch.setattr("sangkien.adapters.workshop.Press", lambda *_: Blank())  # cards would only take time
    assert CliRunner().invoke(main, ["--root", str(root), "publish", "--out", str(site)]).exit_code == 0

    assert list(broken(site)) == []
    for listing in (
        "ghi-nhan",
        "nam/2019/tat-ca",
        "don-vi/xa-suoi-mau-2010/tai-day",
        "dot/dot-2019-1/tat-ca",
        "linh-vuc/nong-nghiep",
    ):
        pages = [site / listing, *(site / listing / f"trang-{n}" for n in (2, 3))]
        titles = [t for p in pages for t in re.findall(r"Cách làm thứ (\d{3})", Links.body(p / "index.html"))]
        assert titles == sorted(titles), listing
        assert len(set(titles)) == 22, listing


def test_publish_refuses_a_folder_of_other_things(tmp_path: Path) -> None:
    root = small_world().write(tmp_path / "world")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.txt").write_text("x")

    assert sangkien(root, "publish", "--out", str(tmp_path / "photos")).returncode == 2
    assert sangkien(root, "publish", "--out", str(tmp_path)).returncode == 2
    assert (tmp_path / "photos" / "a.txt").exists()


def test_publish_lists_what_it_keeps_back(tmp_path: Path) -> None:
    world = small_world()
    world.put(
        "club",
        "clb-hai",
        name="Câu lạc bộ gọi 0912 345 678",
        unit="xa-suoi-mau-2010",
        founded_on="2019-01-15",
        summary="x y",
    )
    run = sangkien(world.write(tmp_path / "world"), "publish", "--out", str(tmp_path / "site"))

    assert run.returncode == 0
    assert "content/register/clubs/clb-hai.yml" in run.stdout
    assert "Cần bổ sung E331" in run.stdout


def test_publish_says_when_mkdocs_fails(tmp_path: Path) -> None:
    root = small_world().write(tmp_path / "world")
    (root / "mkdocs.yml").write_text("site_name: [\n")

    assert sangkien(root, "publish", "--out", str(tmp_path / "site")).returncode == 3


def test_lost_mark_fails_the_build(tmp_path: Path) -> None:
    root = small_world().write(tmp_path / "world")
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "scripts/sangkien/render/theme", theme)
    main = theme / "main.html"
    main.write_text(main.read_text(encoding="utf-8").replace('<div id="sk-banner"></div>', ""), encoding="utf-8")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(re.sub(r"custom_dir: .*", f"custom_dir: {theme}", config), encoding="utf-8")
    run = sangkien(root, "publish", "--out", str(tmp_path / "site"))

    assert run.returncode == 3
    assert "marks" in run.stderr


def test_demo_serves_and_follows_changes(tmp_path: Path) -> None:
    world = small_world()
    root = world.write(tmp_path / "world")
    command = [sys.executable, "-u", "-m", "sangkien", "demo", "--port", "8765"]
    demo = subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    )
    try:
        assert demo.stdout
        lines: list[str] = []
        while not any("http://" in line for line in lines):
            lines.append(demo.stdout.readline())
        address = next(word for line in lines for word in line.split() if word.startswith("http://127.0.0.1:"))
        page = f"{address}ghi-nhan/2019/{idea_code.compact(DRIP)}/"
        assert "chai nhựa cũ" in fetch(page)
        record: Any = world.inside(DRIP, "corrections/2", number=2, date="2019-09-01", text="Nên che nắng cho chai.")
        assert record
        world.write(root)
        assert waited(lambda: "Nên che nắng cho chai." in fetch(page))
        index = root / "content" / "index.md"
        index.write_text(index.read_text(encoding="utf-8") + "\nMột dòng mới.\n", encoding="utf-8")
        assert waited(lambda: "Một dòng mới." in fetch(address))
        with pytest.raises(urllib.error.HTTPError) as missing:
            fetch(f"{address}khong/co/trang/")
        assert "Không thấy trang này" in missing.value.read().decode()
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(10)


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:
        text: str = answer.read().decode()
        return text


def waited(holds: Any) -> bool:
    """Wait for something to hold, as long as any machine may need."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if holds():
                return True
        except OSError:
            pass
        time.sleep(0.05)
    return False


def test_published_register_is_what_verify_compares_with(sites: dict[str, Path], tmp_path: Path) -> None:
    published = sites["real"] / "du-lieu" / "register.json"
    told = json.loads(published.read_text(encoding="utf-8"))
    run = CliRunner().invoke(main, ["--root", str(ROOT), "verify", "--against", str(published)])
    assert run.exit_code == 0, run.output
    assert len(told["ideas"]) > 20

    told["ideas"][0]["conclusions"][0]["digest"] = "0" * 64
    changed = tmp_path / "register.json"
    changed.write_text(json.dumps(told), encoding="utf-8")
    run = CliRunner().invoke(main, ["--root", str(ROOT), "verify", "--against", str(changed)])
    assert run.exit_code == 1
    assert "E505" in run.output
