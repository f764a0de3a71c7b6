"""Whatever people write is shown as text, in every output, and is never taken for anything else."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from site_world import DRIP, World, small_world

from places import ROOT
from sangkien.domain import idea_code, layout
from sangkien.render.pages import pages
from sangkien.render.wording import Wording

pytest_plugins = ["site_fixtures"]
pytestmark = pytest.mark.site

# Each carries the number of the field it is planted in, so that every field is followed on its own.
HOSTILE = (
    "<script>alert({n})</script>",
    "{{{{ {n}*7 }}}} {{% raw %}}",
    "**{n}** [x](javascript:{n})",
    "]]> --> <!-- {n} x",
    '"><img src=x onerror=a({n})>',
    "</title></style><svg onload=a({n})>",
    '<div id="sk-body"></div> {n}',
    "=\"~/{n}/ &amp; &lt; ' \\1 \\g<0> $&",
    "👩🏽‍🌾 😀 ✍️ © {n}",
)
PLAIN = "an toàn {n}"
LONG_ENOUGH = ", xin đọc thêm ở dưới"


class Parsed(HTMLParser):
    """What a browser would make of a page: its elements, attributes and text."""

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

    @property
    def words(self) -> str:
        """All that a reader may see or hear."""
        told = [value for name, value in self.attributes if name in ("alt", "content")]
        return " ".join(" ".join([*self.text, *told]).split())


def texts(record: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Find every free text of a record: sentences, not codes, ids, days or choices."""
    if isinstance(record, dict):
        return [found for key, value in record.items() for found in texts(value, (*path, key))]
    if isinstance(record, list):
        return [found for place, value in enumerate(record) for found in texts(value, (*path, place))]
    is_text = isinstance(record, str) and (" " in record or record in ("lít", "Mẫu") or path[-1] == "number")
    return [path] if is_text else []


def plant(world: World, file: str, path: tuple[Any, ...], text: str) -> None:
    record: Any = world.records[file]
    for step in path[:-1]:
        record = record[step]
    record[path[-1]] = text


FIELDS = [
    (file, path)
    for file, record in sorted(small_world().records.items())
    if "/conclusions/" not in file
    for path in texts(record)
]


def kind_of(file: str) -> str:
    place = layout.place_of(file)
    assert place
    return place.kind


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    return {p.name.partition(".")[0]: json.loads(p.read_text("utf-8")) for p in (ROOT / "schemas").glob("*.json")}


def limit(file: str, path: tuple[Any, ...], schemas: dict[str, Any]) -> int:
    """Give the length a schema allows at a place."""
    schema: Any = schemas[kind_of(file)]
    for step in path:
        if isinstance(step, int):
            schema = schema["items"]
        else:
            schema = schema.get("properties", {}).get(step) or schema["additionalProperties"]
        if "maxLength" not in schema and (ref := schema.get("$ref")):
            schema = schemas["common"]["$defs"][ref.rpartition("/")[2]]
    return int(schema["maxLength"])


def concluded_again(world: World) -> World:
    """Conclude anew, since what was scored has changed; the council's reasons are planted too."""
    for path in [p for p in world.records if "/conclusions/" in p]:
        world.conclude(world.records[path]["code"], reasons=world.records[path]["reasons"])
    return world


def planted(schemas: dict[str, Any], pattern: str) -> tuple[World, dict[int, str]]:
    """Plant a pattern in every field it fits in, each with its own number."""
    world, found = small_world(), {}
    for n, (file, path) in enumerate(FIELDS, 100):
        text = pattern.format(n=n) + (LONG_ENOUGH if path == ("summary",) else "")
        if len(text) <= limit(file, path, schemas):
            plant(world, file, path, text)
            found[n] = text
        else:
            plant(world, file, path, PLAIN.format(n=n))
    for n, path_ in enumerate([p for p in world.records if "/conclusions/" in p], 900):
        world.records[path_]["reasons"] = found[n] = pattern.format(n=n)
    return concluded_again(world), found


# Kept for the office and for lists of choices, or told by another field on every page.
NOT_ON_A_PAGE = {
    ("movement", "name"),
    ("movement", "short_name"),
    ("rubric", "name"),
    ("lists", "strata", 0, "name"),  # told by the occupation
    ("lists", "strata", 1, "name"),  # of someone who shows initials alone
    ("lists", "levels", 4, "name"),  # a level no unit of the small world has
    ("lists", "awards", 1, "name"),  # an award nobody has got yet
    ("application", "confirmation", "kept_at"),  # where the office keeps the paper
    ("referral", "reason"),  # what was written to the council of science
}
TAKEN_BACK = (layout.path_of("commendation", "bd-2"), "reason")
# The frame is rendered from the written pages' own build.
IN_THE_FRAME = {("movement", "site_title"), ("movement", "site_description"), ("movement", "organiser")}


def is_shown(file: str, path: tuple[Any, ...], world: World) -> bool:
    where = (kind_of(file), *path)
    if where in NOT_ON_A_PAGE | IN_THE_FRAME or (file, *path) == TAKEN_BACK:
        return False
    return where[:2] != ("person", "name") or world.records[file]["display"] == "full"


@pytest.mark.parametrize("pattern", HOSTILE)
def test_every_field_is_text_everywhere(stamped: Any, schemas: Any, pattern: str) -> None:
    world, found = planted(schemas, pattern)
    plain, _ = stamped(planted(schemas, PLAIN)[0])
    files, outcome = stamped(world)
    assert outcome.withheld == (), outcome.findings
    pages = {name: Parsed(data.decode()) for name, data in files.items() if name.endswith(".html")}
    everything = "\n".join(page.words for page in pages.values()).lower()
    for name, page in pages.items():
        # Not one element more than plain words make, and no attribute that acts.
        assert page.tags == Parsed(plain[name].decode()).tags, name
        assert [a for a in page.attributes if a[0].startswith("on")] == [], name
        links = [value for attribute, value in page.attributes if attribute in ("href", "src")]
        own = [
            value for value in links if not value.startswith("data:image/webp;base64,")
        ]  # slides hold their pictures
        assert not any(value.lower().startswith(("javascript:", "data:")) for value in own), name
    missing = [
        (file, path)
        for n, (file, path) in enumerate(FIELDS, 100)
        if n in found and is_shown(file, path, world) and found[n].lower() not in everything
    ]
    assert missing == []


def test_longest_words_are_all_there(stamped: Any, schemas: Any) -> None:
    world = small_world()
    for file, path in FIELDS:
        if path[0] == "statements":
            continue  # or the file would be larger than any may be
        letters = "êm" if kind_of(file) == "person" else "ươ"  # a name within a text would withhold the record
        plant(world, file, path, (letters * 4000)[: limit(file, path, schemas)])
    files, outcome = stamped(concluded_again(world))

    assert outcome.withheld == (), outcome.findings
    assert "ươ" * 4000 in files[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode()


@pytest.mark.parametrize("link", ["https://[a", "https://\u2100.example/"])
def test_a_link_that_leads_nowhere_is_shown_as_it_is(link: str) -> None:
    world = small_world()
    for kind, key in (("outreach", "tt-2019-1"), ("ceremony", "le-2019")):
        world.records[layout.path_of(kind, key)]["links"] = [link]
    made = pages(Wording(world.register(), {}), "Sáng", "https://vi-du.example/")

    assert sum(f">{link}</a>" in page.body for page in made) == 2


def test_hostile_text_in_head_and_sitemap_is_quoted(stamped: Any) -> None:
    world = small_world()
    for field in ("title", "summary"):
        plant(world, f"{idea_code.folder(DRIP)}/idea.yml", (field,), " ".join(HOSTILE).format(n=1)[:240])
    files, _ = stamped(concluded_again(world), site_url="https://vi-du.example/")
    page = Parsed(files[f"ghi-nhan/2019/{idea_code.compact(DRIP)}/index.html"].decode())

    assert sum(name == "content" and value.startswith("<script>") for name, value in page.attributes) == 2
    plain = (".csv", ".png", ".jpg", ".pdf")  # of prints, only what they are given is there to see
    assert [p for p, data in files.items() if b"<script>alert" in data and not p.endswith(plain)] == []
    assert b"alert" not in files["sitemap-1.xml"]
