"""Tables, feeds and what search engines read: well formed, without names, harmless in a spreadsheet."""

import csv
import datetime
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from site_browser import NEEDS_BROWSER, opened, served
from site_tools import contents, mkdocs
from site_world import DRIP, small_world

from sangkien.cli import main
from sangkien.domain import idea_code
from sangkien.render import feeds, linked_data, tables
from sangkien.render.sitemap import sitemap
from sangkien.render.wording import Wording

pytest_plugins = ["site_fixtures"]
URL = "https://vi-du.example/repo/"
ZONE = datetime.timezone(datetime.timedelta(hours=7))
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = '=HYPERLINK("x") <b>&</b>\u2028</script><script>alert(1)</script>'


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(small_world().register(), {})


def names(wording: Wording) -> list[str]:
    return [person.credit.name for person in wording.register.people.values()]


def test_the_table_opens_as_a_spreadsheet_expects(wording: Wording) -> None:
    found = dict(tables.files(wording, URL))
    text = found["du-lieu/ghi-nhan.csv"].decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff")
    assert text.count("\r\n") == len(rows) + 1
    assert {row["Mã"] for row in rows} == {idea.code for idea in wording.register.ideas}
    assert [row["Ngày ghi nhận"] for row in rows] == sorted(row["Ngày ghi nhận"] for row in rows)
    assert next(row for row in rows if row["Mã"] == DRIP)["Tên"] == "Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ"
    assert set(found) == {"du-lieu/ghi-nhan.csv", *(f"du-lieu/ghi-nhan-{y}.csv" for y in wording.register.years)}


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert tables.defused(cell) == f"'{cell}"
    assert tables.defused("Tưới = nhỏ giọt") == "Tưới = nhỏ giọt"


def test_feeds_are_well_formed_and_newest_first(wording: Wording) -> None:
    found = dict(feeds.files(wording, "Bảng vàng", URL, ZONE))
    for path, data in found.items():
        if path.endswith(".xml"):
            root = ET.fromstring(data)
            days = [str(entry.findtext(f"{ATOM}published")) for entry in root.iter(f"{ATOM}entry")]
            assert root.findtext(f"{ATOM}id") == URL + path
            assert days == sorted(days, reverse=True)
            assert all(day.endswith("T00:00:00+07:00") for day in days)
            assert root.findtext(f"{ATOM}updated") == days[0]
        else:
            feed = json.loads(data)
            assert feed["version"] == "https://jsonfeed.org/version/1.1"
            assert feed["feed_url"] == URL + path
            assert all({"id", "url", "title", "content_text"} <= item.keys() for item in feed["items"])
    assert {"du-lieu/atom.xml", "du-lieu/feed.json", "noi-dung/nd2/atom.xml"} <= set(found)


def test_nothing_that_is_carried_off_names_anybody(wording: Wording) -> None:
    carried = [*tables.files(wording, URL), *feeds.files(wording, "Bảng vàng", URL, ZONE)]

    assert names(wording)
    assert [(path, name) for path, data in carried for name in names(wording) if name in data.decode()] == []


def test_hostile_text_stays_text(wording: Wording) -> None:
    world = small_world()
    world.records[f"{idea_code.folder(DRIP)}/idea.yml"] |= {"title": HOSTILE}
    hostile = Wording(world.register(), {})
    carried = dict([*tables.files(hostile, URL), *feeds.files(hostile, HOSTILE, URL, ZONE)])
    rows = list(csv.reader(io.StringIO(carried["du-lieu/ghi-nhan.csv"].decode())))
    told = str(linked_data.idea(next(i for i in hostile.register.ideas if i.code == DRIP), hostile, URL))

    assert [cell for row in rows[1:] for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert any(entry.text == HOSTILE for entry in ET.fromstring(carried["du-lieu/atom.xml"]).iter(f"{ATOM}title"))
    assert told.count("</script>") == 1
    assert "\u2028" not in told
    assert json.loads(told[told.index("{") : told.rindex("}") + 1])["name"] == HOSTILE


def test_linked_data_names_whom_the_page_names(wording: Wording) -> None:
    for idea in wording.register.ideas:
        told = str(linked_data.idea(idea, wording, URL))
        data = json.loads(told[told.index("{") : told.rindex("}") + 1])
        assert [a["name"] for a in data.get("author", [])] == [a.credit.name for a in idea.authors if a.credit.name]
        assert len(told.encode()) <= 1500


def test_the_sitemap_is_an_index_of_parts() -> None:
    found = dict(sitemap(URL, [(f"ghi-nhan/{n}/", "2019-06-25" if n % 2 else "") for n in range(50_001)]))
    index = [str(place.text) for place in ET.fromstring(found["sitemap.xml"]).iter(f"{SITEMAP}loc")]
    parts = [list(ET.fromstring(found[place.removeprefix(URL)]).iter(f"{SITEMAP}url")) for place in index]

    assert [len(part) for part in parts] == [50_000, 1]
    assert sum(part.find(f"{SITEMAP}lastmod") is not None for urls in parts for part in urls) == 25_000


@NEEDS_BROWSER[1]
@pytest.mark.site
@pytest.mark.browser
def test_data_blocks_are_no_offence_to_the_policy(browser: Browser, tmp_path: Path) -> None:
    root = small_world().write(tmp_path / "world")
    mkdocs(root, tmp_path / "site", SITE_URL=URL)
    address, said = served(tmp_path / "site"), []
    page = browser.new_context().new_page()
    page.on("console", lambda message: said.append(message.text))
    for where in ("", f"ghi-nhan/2019/{idea_code.compact(DRIP)}/", "tac-gia/p-0a1b2c3d/", "don-vi/xa-suoi-mau-2010/"):
        page.goto(address + where, wait_until="load")
        blocks = page.locator('script[type="application/ld+json"]').all_text_contents()
        assert [json.loads(block)["@context"] for block in blocks] == ["https://schema.org"], where
    linked = opened(browser, address + "don-vi/xa-suoi-mau-2010/").locator('link[rel="alternate"]')

    assert said == []
    assert [a.get_attribute("href") for a in linked.all()] == [
        f"../../don-vi/xa-suoi-mau-2010/{name}" for name in (feeds.ATOM, feeds.JSON)
    ]


@pytest.mark.site
def test_export_writes_what_the_site_publishes(sites: dict[str, Path], tmp_path: Path) -> None:
    world = small_world(sample=True)
    root = world.write(tmp_path / "world")
    told = CliRunner().invoke(
        main, ["--root", str(root), "export", "--out", str(tmp_path / "out")], env={"SITE_URL": URL}
    )
    exported, published = contents(tmp_path / "out"), contents(sites["small"])

    assert told.exit_code == 0, told.output
    assert "tệp dữ liệu mở" in told.output
    assert len(exported) > 5
    assert {path: published.get(path) for path in exported} == exported


@pytest.mark.site
def test_examples_of_the_page_run_as_written(sites: dict[str, Path], monkeypatch: Any) -> None:
    page = (Path(__file__).parents[2] / "content/du-lieu/index.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    address = served(sites["real"])
    shown: list[Any] = []
    exec(  # the page's own words, with the one address a reader puts in
        example.replace('"…"', repr(address)), {"print": shown.append}
    )

    assert sum(shown[0].values()) == len(json.loads((sites["real"] / "du-lieu/register.json").read_text())["ideas"])
