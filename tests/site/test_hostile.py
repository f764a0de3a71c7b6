"""Whatever people write is shown as text, in every output, and is never taken for anything else."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from site_world import DRIP, World, small_world

from places import ROOT
from sangkien.domain import idea_code, layout

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}",
    "**đậm** [x](javascript:alert(1)) `m` # h",
    "]]> --> <!-- x",
    '"><img src=x onerror=alert(1)>',
    '</title></textarea></style><svg onload=alert(1)>',
    '<div id="sk-body"></div><meta name="sk-head">',
    '="~/x/ &amp; &lt; \' \\1 \\g<0> $& %s',
    "👩🏽‍🌾 😀 ✍️ ©",
)  # fmt: skip
_TAGS = re.compile(r"<[^>]+>")


class Parsed(HTMLParser):
    """What a browser would make of a page: its scripts, handlers, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def texts(record: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Find every free text of a record: sentences, not codes, ids, days or choices."""
    if isinstance(record, dict):
        return [found for key, value in record.items() for found in texts(value, (*path, key))]
    if isinstance(record, list):
        return [found for place, value in enumerate(record) for found in texts(value, (*path, place))]
    free = isinstance(record, str) and (" " in record or record in ("lít", "Mẫu"))
    return [path] if free else []


def planted(world: World, file: str, path: tuple[Any, ...], text: str) -> World:
    record: Any = world.records[file]
    for step in path[:-1]:
        record = record[step]
    record[path[-1]] = text
    return world


FIELDS = sorted(
    {
        (file, path)
        for file, record in small_world().records.items()
        for path in texts(record)
        if "/conclusions/" not in file
    },
    key=str,
)


def limit(file: str, path: tuple[Any, ...], schemas: dict[str, Any]) -> int:
    """Give the length a schema allows at a place."""
    place = layout.place_of(file)
    assert place
    schema: Any = schemas[place.kind]
    for step in path:
        schema = (
            schema["items"]
            if isinstance(step, int)
            else schema.get("properties", {}).get(step) or schema["additionalProperties"]
        )
        if "maxLength" not in schema and (ref := schema.get("$ref")):
            schema = schemas["common"]["$defs"][ref.rpartition("/")[2]] | {
                k: v for k, v in schema.items() if k != "$ref"
            }
    return int(schema["maxLength"])


@pytest.fixture(scope="module")
def schema_files() -> dict[str, Any]:
    return {
        p.name.partition(".")[0]: json.loads(p.read_text(encoding="utf-8")) for p in (ROOT / "schemas").glob("*.json")
    }


def conclude_again(world: World) -> World:
    """Conclude anew, since what was scored has changed."""
    for path in [p for p in world.records if "/conclusions/" in p]:
        world.conclude(world.records[path]["code"])
    return world


@pytest.mark.parametrize(
    ("file", "path"), FIELDS, ids=[f"{f.rpartition('/')[2]}:{'.'.join(map(str, p))}" for f, p in FIELDS]
)
def test_every_field_is_text_everywhere(stamped: Any, schema_files: Any, file: str, path: tuple[Any, ...]) -> None:
    longest = limit(file, path, schema_files)
    joined = " ".join(HOSTILE)
    pieces = [joined] if len(joined) <= longest else [text for text in HOSTILE if len(text) <= longest]
    clean, _ = stamped(small_world())
    for text in pieces:
        files, outcome = stamped(conclude_again(planted(small_world(), file, path, text)))
        assert outcome.withheld == (), outcome.findings
        for name, data in files.items():
            if name.endswith(".html"):
                page, before = Parsed(data.decode()), Parsed(clean[name].decode()) if name in clean else None
                assert_harmless(name, page, before)
        assert shown_somewhere(files, clean, text) or not on_a_page(file, path)


def assert_harmless(name: str, page: Parsed, before: Parsed | None) -> None:
    handlers = [attribute for attribute in page.attributes if attribute[0].startswith("on")]
    assert handlers == [], name
    assert page.tags.count("script") == 1, name
    links = [value for attribute, value in page.attributes if attribute in ("href", "src")]
    assert not any(value.lower().startswith(("javascript:", "data:")) for value in links), name
    if before is not None:  # no element comes into being by what somebody wrote, but paragraphs of prose
        ours = {"p", "br", "ul", "li", "small"}
        assert [t for t in page.tags if t not in ours] == [t for t in before.tags if t not in ours], name


def shown_somewhere(files: dict[str, bytes], clean: dict[str, bytes], text: str) -> bool:
    wanted = " ".join(text.split()).lower()
    for name, data in files.items():
        if name.endswith(".html") and data != clean.get(name):
            flat = " ".join(" ".join(Parsed(data.decode()).text).split()).lower()
            if wanted in flat or wanted in html.unescape(_TAGS.sub("", data.decode())).lower():
                return True
    return False


# Recorded for the office, not for the page.
_NOT_ON_A_PAGE = {
    ("movement", "name"), ("movement", "site_title"), ("movement", "site_description"), ("movement", "organiser"),
    ("movement", "short_name"), ("rubric", "name"), ("lists", "levels"), ("lists", "strata"), ("lists", "awards"),
    ("round", "unit"),
}  # fmt: skip


def on_a_page(file: str, path: tuple[Any, ...]) -> bool:
    place = layout.place_of(file)
    assert place
    return (place.kind, path[0]) not in _NOT_ON_A_PAGE


def test_longest_words_are_all_there(stamped: Any, schema_files: Any) -> None:
    word = "ươ" * 4000
    world = small_world()
    for file, path in FIELDS:
        planted(world, file, path, word[: limit(file, path, schema_files)])
    files, outcome = stamped(conclude_again(world))

    assert outcome.withheld == ()
    assert word in files[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode()


def test_hostile_text_in_the_head_is_quoted(stamped: Any, tmp_path: Path) -> None:
    world = small_world()
    for field in ("title", "summary"):
        planted(world, f"{idea_code.folder(DRIP)}/idea.yml", (field,), " ".join(HOSTILE)[:240])
    files, _ = stamped(conclude_again(world), site_url="https://vi-du.example/")
    page = Parsed(files[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode())

    descriptions = [value for name, value in page.attributes if name == "content" and value.startswith("<script>")]
    assert len(descriptions) == 3  # description, og:title, og:description
    assert b"<script>alert" not in b"".join(files.values())
    assert b"alert" not in files["sitemap.xml"]
