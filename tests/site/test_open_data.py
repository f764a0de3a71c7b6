"""Tables, feeds and what search engines read: well formed, without names, harmless in a spreadsheet."""

import csv
import datetime
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import feedparser
import jsonschema_rs
import openpyxl
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from site_browser import NEEDS_BROWSER, opened, served
from site_tools import contents, mkdocs
from site_world import DRIP, small_world

from places import ROOT
from sangkien.adapters.workbook import Bindery
from sangkien.cli import main
from sangkien.domain import idea_code
from sangkien.render import feeds, linked_data, open_data, tables
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


def books(wording: Wording, folder: Path) -> dict[str, bytes]:
    return {path: Bindery(folder).bind(sheet) for path, sheet in tables.workbooks(wording, URL)}


def test_a_workbook_holds_text_days_and_numbers(wording: Wording, tmp_path: Path) -> None:
    made = books(wording, tmp_path)
    page = openpyxl.load_workbook(io.BytesIO(made["du-lieu/ghi-nhan-2019.xlsx"])).active
    headings, *rows = page.iter_rows(values_only=True)
    told = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}

    assert set(made) == {f"du-lieu/ghi-nhan-{year}.xlsx" for year in wording.register.years}
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref
    assert told[DRIP]["Tên"] == "Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ"
    assert isinstance(told[DRIP]["Ngày ghi nhận"], datetime.datetime)
    assert told[DRIP]["Chi phí (đồng)"] == 150_000
    assert page.cell(2, headings.index("Ngày nộp") + 1).number_format == "dd/mm/yyyy"


def test_a_workbook_is_the_same_for_the_same_rows_and_kept(wording: Wording, tmp_path: Path) -> None:
    assert books(wording, tmp_path / "a") == books(wording, tmp_path / "b")
    for kept in (tmp_path / "a").rglob("*.xlsx"):
        kept.write_bytes(b"kept")
    assert set(books(wording, tmp_path / "a").values()) == {b"kept"}


def test_a_workbook_runs_no_formula_and_names_nobody(tmp_path: Path) -> None:
    world = small_world()
    world.records[f"{idea_code.folder(DRIP)}/idea.yml"] |= {"title": HOSTILE}
    hostile = Wording(world.register(), {})
    page = openpyxl.load_workbook(io.BytesIO(books(hostile, tmp_path)["du-lieu/ghi-nhan-2019.xlsx"])).active
    cells = [cell for row in page.iter_rows() for cell in row]

    assert HOSTILE in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell.value for cell in cells if cell.value in names(hostile)] == []


def test_every_published_part_keeps_the_published_schema(wording: Wording) -> None:
    schema = json.loads((ROOT / "content" / "du-lieu" / open_data.SCHEMA).read_text("utf-8"))
    valid = jsonschema_rs.validator_for(schema)
    parts = {open_data.ADDRESS: open_data.register_json(wording.register)}
    parts |= dict([*open_data.years(wording.register), *open_data.shards(wording.register)])
    for path, data in parts.items():
        told = json.loads(data)
        assert [error.message for error in valid.iter_errors(told)] == [], path
        assert (Path(path).parent / told["$schema"]).name == open_data.SCHEMA
        assert unknown(told, schema, schema) == set(), path
    whole = json.loads(parts[open_data.ADDRESS])["ideas"]
    by_year = [
        idea for path, data in parts.items() if re.search(r"/\d{4}\.json$", path) for idea in json.loads(data)["ideas"]
    ]
    assert sorted(whole, key=lambda i: i["code"]) == sorted(by_year, key=lambda i: i["code"])
    broken = json.loads(parts[open_data.ADDRESS])
    broken["ideas"][0]["submitted_on"] = "12/3/2019"
    assert not valid.is_valid(broken)


def unknown(told: Any, schema: Any, whole: Any) -> set[str]:
    """List the fields of published data that its schema does not tell of."""
    if ref := schema.get("$ref"):
        schema = whole["$defs"][ref.rpartition("/")[2]]
    if isinstance(told, list):
        return {name for item in told for name in unknown(item, schema.get("items", {}), whole)}
    if not isinstance(told, dict) or "properties" not in schema:
        return set()
    known: dict[str, Any] = schema["properties"]
    return {*(told.keys() - known.keys())} | {
        n for k, v in told.items() if k in known for n in unknown(v, known[k], whole)
    }


def test_the_page_tells_of_every_field() -> None:
    schema = (ROOT / "content" / "du-lieu" / open_data.SCHEMA).read_text("utf-8")
    page = (ROOT / "content" / "du-lieu" / "index.md").read_text("utf-8")
    fields: set[str] = set()

    def gather(part: Any) -> None:
        if isinstance(part, dict):
            fields.update(part["properties"] if isinstance(part.get("properties"), dict) else ())
            for inner in part.values():
                gather(inner)

    gather(json.loads(schema))
    assert len(fields) > 40
    assert {name for name in fields if f"`{name}`" not in page} == set()


def test_feed_readers_understand_the_feeds(wording: Wording) -> None:
    for path, data in feeds.files(wording, "Bảng vàng", URL, ZONE):
        if path.endswith(".xml"):
            read = feedparser.parse(data)
            assert (read.bozo, read.version) == (False, "atom10"), read.get("bozo_exception")
            assert all(entry.id == entry.link and entry.updated_parsed for entry in read.entries)


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
