"""Tables, feeds and what search engines read: well formed, without names, harmless in a spreadsheet."""

import csv
import datetime
import gzip
import hashlib
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import feedparser
import jsonschema_rs
import openpyxl
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from site_browser import NEEDS_BROWSER, opened, served
from site_fixtures import Blank
from site_tools import contents, mkdocs, unpacked
from site_world import DRIP, small_world

from places import ROOT
from sangkien.adapters.workbook import Bindery
from sangkien.cli import main
from sangkien.domain import idea_code, layout
from sangkien.render import feeds, linked_data, open_data, outputs, tables
from sangkien.render.open_data import OpenData
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


def table_files(wording: Wording, bind: Callable[[tables.Sheet], bytes]) -> Iterator[tuple[str, bytes]]:
    return chain.from_iterable(files.make() for files in outputs.tables_of(wording, URL, bind))


def csv_files(wording: Wording) -> dict[str, bytes]:
    return {path: data for path, data in table_files(wording, lambda _: b"") if path.endswith(".csv")}


def test_the_table_opens_as_a_spreadsheet_expects(wording: Wording) -> None:
    found = csv_files(wording)
    text = found["du-lieu/ghi-nhan.csv"].decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff")
    assert text.count("\r\n") == len(rows) + 1
    assert {row["Mã"] for row in rows} == {idea.code for idea in wording.register.ideas}
    assert [row["Ngày ghi nhận"] for row in rows] == sorted(row["Ngày ghi nhận"] for row in rows)
    assert next(row for row in rows if row["Mã"] == DRIP)["Tên"] == "Tưới nhỏ giọt cho tiêu bằng chai nhựa cũ"
    assert {row["Mã"]: row["Phong trào gắn kết"] for row in rows if row["Phong trào gắn kết"]} == {DRIP: "Làm ăn giỏi"}
    assert set(found) == {
        "du-lieu/ghi-nhan.csv",
        tables.COMMENDATIONS,
        *(f"du-lieu/ghi-nhan-{y}.csv" for y in wording.register.years),
    }


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert tables.defused(cell) == f"'{cell}"
    assert tables.defused("Tưới = nhỏ giọt") == "Tưới = nhỏ giọt"


def data_of(wording: Wording) -> OpenData:
    return OpenData(wording, "Bảng vàng", URL)


def books(wording: Wording, folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in table_files(wording, Bindery(folder).bind) if path.endswith(".xlsx")}


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
    parts = {path: unpacked(path, data) for path, data in data_of(wording).files()}
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


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three ideas be many, and two in one shard too many."""
    monkeypatch.setattr(open_data, "WHOLE", 2)
    monkeypatch.setattr(open_data, "_IN_A_SHARD", 1 / 1024)


def test_a_large_register_is_told_in_parts(wording: Wording, request: pytest.FixtureRequest) -> None:
    whole = json.loads(dict(data_of(wording).files())[open_data.ADDRESS])
    request.getfixturevalue("large")
    schema = json.loads((ROOT / "content" / "du-lieu" / open_data.SCHEMA).read_text("utf-8"))
    files = dict(data_of(wording).files())
    head = json.loads(files[open_data.ADDRESS])
    named = {path: data for path, data in files.items() if re.fullmatch(r"du-lieu/\d{4}\.json\.gz", path)}
    ideas = [idea for data in named.values() for idea in json.loads(gzip.decompress(data))["ideas"]]

    assert jsonschema_rs.validator_for(schema).is_valid(head)
    assert unknown(head, schema, schema) == set()
    assert (head["fields"], head["units"]["xa-suoi-mau-2010"]) == (whole["fields"], "Xã Suối Mẫu")
    assert (head["ideas"], head["site"]) == ([], {"name": "Bảng vàng", "url": URL})
    assert head | {"ideas": 0, "parts": 0} == whole | {"ideas": 0, "parts": 0}
    assert {f"du-lieu/{part['address']}": (part["ideas"], part["sha256"]) for part in head["parts"]} == {
        path: (len(json.loads(gzip.decompress(data))["ideas"]), hashlib.sha256(data).hexdigest())
        for path, data in named.items()
    }
    assert sorted(ideas, key=lambda idea: idea["code"]) == whole["ideas"]
    assert sum(path.startswith(open_data.SHARDS) for path in files) == len(wording.register.ideas)
    assert {len(Path(path).name) for path in files if path.startswith(open_data.SHARDS)} == {len("7k3.json.gz")}
    assert tables.address_of(None) not in csv_files(wording)


def test_each_file_of_the_data_can_be_made_alone(wording: Wording, large: None) -> None:
    files = dict(data_of(wording).files())
    one, other = data_of(wording), data_of(wording)
    years = {year: one.year(year) for year in reversed(one.years)}
    parts = [other.part(year, years[year][1]) for year in other.years]
    made = [*years.values(), *(other.shard(beginning) for beginning in reversed(other.shards))]

    assert {**dict(made), open_data.ADDRESS: one.register(parts)} == files
    assert all(data[4:8] == bytes(4) for path, data in files.items() if path.endswith(".gz"))  # no day of packing


@pytest.mark.parametrize(
    ("count", "number"), [(0, 2), (100_000, 2), (131_072, 2), (131_073, 3), (1_000_000, 3), (5_000_000, 4)]
)
def test_shards_stay_small_however_many_ideas(wording: Wording, count: int, number: int) -> None:
    register = replace(wording.register, ideas=wording.register.ideas[:1] * count, notices=())

    assert open_data.symbols(register) == number


@NEEDS_BROWSER[1]
@pytest.mark.site
@pytest.mark.browser
def test_a_large_site_is_listed_recounted_and_verified(
    browser: Browser, tmp_path: Path, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sangkien.adapters.workshop.Press", lambda *_: Blank())  # cards would only take time
    world = small_world()
    world.records[layout.path_of("movement", "movement")]["topology"] = "open"
    root, site = world.write(tmp_path / "world"), tmp_path / "site"
    shutil.copy(ROOT / "content/du-lieu/index.md", root / "content/du-lieu/index.md")
    run = CliRunner()
    assert run.invoke(main, ["--root", str(root), "publish", "--out", str(site)]).exit_code == 0
    address = served(site)
    page = opened(browser, f"{address}xac-minh/#{DRIP}")
    page.locator("#dem-lai [role=status]").filter(has_text="tất cả đều khớp").wait_for()
    page.goto(f"{address}du-lieu/")
    linked = page.locator(".sk-downloads a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    register = site / open_data.ADDRESS
    against = ["--root", str(root), "verify", "--against", str(register), "--format", "json"]

    assert {"../du-lieu/register.json", "../du-lieu/2019.json.gz"} <= set(linked)
    assert [href for href in linked if not (site / "du-lieu" / href).is_file()] == []
    assert "E505" not in run.invoke(main, against).output
    part = register.with_name("2019.json.gz")
    told = json.loads(gzip.decompress(part.read_bytes()))
    told["ideas"][0]["conclusions"][0]["digest"] = "0" * 64
    part.write_bytes(gzip.compress(json.dumps(told).encode()))
    altered = run.invoke(main, against)
    assert (altered.exit_code, "2019.json.gz không đúng" in altered.output) == (2, True)
    head = json.loads(register.read_bytes())
    head["parts"][0]["sha256"] = hashlib.sha256(part.read_bytes()).hexdigest()
    register.write_text(json.dumps(head), encoding="utf-8")
    assert "E505" in run.invoke(main, against).output  # now only the records tell
    part.unlink()
    missing = run.invoke(main, against)
    assert (missing.exit_code, "không thấy tệp ấy" in missing.output) == (2, True)


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
    for path, data in feeds.files(feeds.feeds(wording, "Bảng vàng"), wording, URL, ZONE):
        if path.endswith(".xml"):
            read = feedparser.parse(data)
            assert (read.bozo, read.version) == (False, "atom10"), read.get("bozo_exception")
            assert all(entry.id == entry.link and entry.updated_parsed for entry in read.entries)


def test_feeds_are_well_formed_and_newest_first(wording: Wording) -> None:
    found = dict(feeds.files(feeds.feeds(wording, "Bảng vàng"), wording, URL, ZONE))
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
    carried = {**csv_files(wording), **dict(feeds.files(feeds.feeds(wording, "Bảng vàng"), wording, URL, ZONE))}

    assert names(wording)
    assert [(path, name) for path, data in carried.items() for name in names(wording) if name in data.decode()] == []


def test_hostile_text_stays_text(wording: Wording) -> None:
    world = small_world()
    world.records[f"{idea_code.folder(DRIP)}/idea.yml"] |= {"title": HOSTILE}
    hostile = Wording(world.register(), {})
    carried = {**csv_files(hostile), **dict(feeds.files(feeds.feeds(hostile, HOSTILE), hostile, URL, ZONE))}
    rows = list(csv.reader(io.StringIO(carried["du-lieu/ghi-nhan.csv"].decode())))
    told = str(linked_data.idea(next(i for i in hostile.register.ideas if i.code == DRIP), hostile))

    assert [cell for row in rows[1:] for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert any(entry.text == HOSTILE for entry in ET.fromstring(carried["du-lieu/atom.xml"]).iter(f"{ATOM}title"))
    assert told.count("</script>") == 1
    assert "\u2028" not in told
    assert json.loads(told[told.index("{") : told.rindex("}") + 1])["name"] == HOSTILE


def test_linked_data_names_whom_the_page_names(wording: Wording) -> None:
    for idea in wording.register.ideas:
        told = str(linked_data.idea(idea, wording))
        data = json.loads(told[told.index("{") : told.rindex("}") + 1])
        named = [a.credit for a in idea.authors if a.credit.name]
        assert [a.get("@id", "").removeprefix("../../../") or a["name"] for a in data["author"]] == [
            credit.address or credit.name for credit in named
        ]
        assert len(told.encode()) <= 1000


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
