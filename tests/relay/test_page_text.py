"""The relay's pages as text: whole, safe, small, and made of the schemas and registers they speak of."""

import gzip
import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from page_room import ADDRESS, CODE, PLACE, TITLE, maker, scene

from places import ROOT
from sangkien.domain.finding import Code, Finding, Location
from sangkien.domain.schema import SchemaSet
from sangkien.render import relay
from sangkien.render.forms import Maker
from sangkien.render.relay_questions import editable, questions, units, words

GOLDEN = Path(__file__).parent / "golden"
OWN = ROOT / "scripts" / "sangkien" / "render" / "relay"


def missing(made: relay.Scene) -> str:
    return relay.message_page(made, "none", 404)


def applied(made: relay.Scene) -> str:
    return relay.about(relay.likewise_page(made, "application"), CODE, TITLE, ADDRESS)


def wish(made: relay.Scene) -> str:
    return relay.likewise_page(made, "follow")


PAGES: dict[str, Callable[[relay.Scene], str]] = {
    "form": relay.form_page, "follow": relay.follow_page, "applied": applied, "wish": wish, "missing": missing,
}  # fmt: skip


def settled(html: str) -> str:
    """Give a page line by line, without what changes with every change of a static file or a test's keys."""
    html = re.sub(r"/tinh/[0-9a-f]{16}/", "/tinh/…/", html)
    html = re.sub(r'data-keys="[^"]*"', 'data-keys="…"', html)
    return html.replace("><", ">\n<") + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_pages_read_as_they_did(name: str) -> None:
    text = settled(PAGES[name](scene()))
    file = GOLDEN / f"{name}.html"
    if os.environ.get("SANGKIEN_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text


class Tags(HTMLParser):
    """Everything a page holds, tag by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("write", PAGES.values())
def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(write: Any) -> None:
    made = scene()
    html = write(made)
    found = Tags(html)
    served = {*made.static.values(), "/", "/theo-doi/", "/da-lam/", "/lam-theo/", "/phieu-giay.pdf"}

    assert found.of("style") == []
    assert all("src" in script for script in found.of("script"))
    assert not re.search(r"<script[^>]*>[^<]", html)
    assert not [
        tag for tag, attributes in found.tags for name in attributes if name.startswith("on") or name == "style"
    ]
    addresses = [a.get("src") or a.get("href") for tag in ("script", "link", "img") for a in found.of(tag)]
    assert {*addresses} <= {*served, None}  # the pattern of a photo has no source yet
    links = [str(a["href"]) for a in found.of("a")]
    assert not [
        link for link in links if link not in served and not link.startswith(("#", "https://sang-kien.example/"))
    ]


def test_nothing_is_chosen_or_filled_in_before() -> None:
    found = Tags(relay.form_page(scene()))

    assert not [attributes for _, attributes in found.tags if "checked" in attributes or "selected" in attributes]
    assert not [a for a in found.of("input") if a["type"] != "radio" and a.get("value")]


def test_the_first_view_is_light() -> None:
    made, files = scene(), relay.static_files()
    html = relay.form_page(made)
    waiting, needed = ["form.js", "relay.css", "icon.svg"], set[str]()
    while waiting:  # what is loaded at once: the module and what it imports, not what it asks for later
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += re.findall(r'from "\./([\w.-]+)"', files[name].decode())

    assert {"age.js", "hashes.js", "qr.js"} & needed == set()
    assert sum(len(gzip.compress(files[name])) for name in needed) + len(gzip.compress(html.encode())) <= 60 * 1024


def test_every_module_finds_what_it_asks_for() -> None:
    files = relay.static_files()
    for name, data in files.items():
        if (OWN / "static" / name).suffix == ".js":
            asked = re.findall(r'(?:from |import\(|URL\()["`]\.?/?([\w-]+\.js)', data.decode())
            assert [other for other in asked if other not in files] == [], name


def test_one_digest_leads_to_all_files_and_changes_with_any(monkeypatch: pytest.MonkeyPatch) -> None:
    before = relay.static_addresses()
    folders = {address.rpartition("/")[0] for address in before.values()}
    files = {**relay.static_files(), "icon.svg": b"<svg/>"}
    monkeypatch.setattr(relay, "static_files", lambda: files)

    assert len(folders) == 1
    assert {address.rpartition("/")[0] for address in relay.static_addresses().values()}.isdisjoint(folders)


def test_vendored_files_are_as_published() -> None:
    lines = [line for line in (OWN / "vendor/MANIFEST.txt").read_text().splitlines() if not line.startswith("#")]
    named = {name: digest for digest, name, _ in (line.split() for line in lines)}

    assert {p.name for p in (OWN / "vendor").iterdir()} == {*named, "MANIFEST.txt"}
    assert {name: hashlib.sha256((OWN / "vendor" / name).read_bytes()).hexdigest() for name in named} == named


def test_age_is_the_very_file_of_the_score_page() -> None:
    age = ROOT / "scripts/sangkien/render/theme/assets/score/age.js"

    assert relay.static_files()["age.js"] == age.read_bytes()


def test_every_word_the_scripts_say_is_there_and_every_one_is_said() -> None:
    said = {
        name
        for file in (OWN / "static").glob("*.js")
        for name in re.findall(r"\bwords\.(?!js)(\w+)", file.read_text(encoding="utf-8"))
    }

    assert said == {*words()["script"]}
    text = relay.static_files()["words.js"].decode().removeprefix("export const words = ").rstrip(";\n")
    assert json.loads(text) == words()["script"]


def test_every_word_of_the_pages_is_on_one() -> None:
    templates = "".join(file.read_text(encoding="utf-8") for file in OWN.glob("*.j2"))
    templates = templates.replace('follow[deed ~ "_', 'follow["*_')
    code = "".join((OWN.parent / name).read_text(encoding="utf-8") for name in ("relay.py", "relay_questions.py"))
    for table in ("page", "intro", "walk", "authors", "more", "photos", "names", "contact", "review", "closing",
                  "receipt", "follow"):  # fmt: skip
        for key in words()[table]:
            shown = re.sub("^(withdraw|erase)_", "*_", key)
            assert re.search(rf'say\.{table}(\.{key}\b|\["{re.escape(shown)}"\])|\["{key}"\]', templates + code), key


def test_scripts_hold_no_words_of_their_own() -> None:
    for file in (OWN / "static").glob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"[À-ỹ]", code.replace("/đ/g", "")) == [], file.name


def test_a_change_of_schema_or_register_changes_the_form() -> None:
    made = maker()
    texts = {name: json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text()) for name in ("idea",)}
    kinds = texts["idea"]["properties"]["kind"]["oneOf"]
    kinds.append({"const": "y-khac", "title": "Ý khác"})
    schemas = SchemaSet(
        {
            path.name.removesuffix(".schema.json"): json.dumps(texts.get(path.name.removesuffix(".schema.json")))
            if path.name.removesuffix(".schema.json") in texts
            else path.read_text(encoding="utf-8")
            for path in (ROOT / "schemas").glob("*.schema.json")
        }
    )
    rubric = made.books.rubrics["2019-1"]
    criterion: Any = {"id": "tinh-vui", "label": "Tính vui", "max_score": 5, "pass_score": 1}
    grown: Any = {**made.books.rubrics, "2019-1": {**rubric, "criteria": [*rubric["criteria"], criterion]}}
    asked = {q.key: q for q in questions(Maker(schemas, replace(made.books, rubrics=grown)), contact=True)}

    assert [option.word for option in asked["kind"].options][-1] == "Ý khác"
    assert [part.key for part in asked["more"].parts][-1] == "tinh-vui"


def test_the_armed_forces_come_first_and_end_the_form() -> None:
    first, *others = questions(maker(), contact=True)

    assert (first.key, [(option.word, option.closes) for option in first.options]) == (
        "content",
        [("Sản xuất", False), ("Lực lượng vũ trang", True)],
    )
    assert not [option for question in others for option in question.options if option.closes]


def test_what_is_edited_later_names_nobody() -> None:
    keys = [question.key for question in editable(maker())]

    assert not {"authors", "display", "agreement", "guardian", "contact", "photos"} & {*keys}
    assert [key for key in (q.key for q in questions(maker(), contact=True)) if key in keys] == keys


def test_no_contact_is_asked_for_where_nobody_holds_a_key() -> None:
    assert "data-sealed" not in relay.form_page(scene(keys=False))


def test_units_that_share_a_name_are_told_apart_and_past_ones_left_out() -> None:
    made = maker()
    here = made.books.units["xa-thu-2010"]
    twin: Any = {**here, "id": "xa-thu-2020", "parents": [{"unit": "huyen-thu-2003", "from": "2020-01-01"}]}
    twins: Any = {**made.books.units, "xa-thu-2020": twin}

    assert units(made) == ["huyện Thử", "xã Thử"]
    assert "xã Thử, huyện Thử" in units(Maker(made.schemas, replace(made.books, units=twins)))


@pytest.mark.parametrize(
    ("topology", "said"), [("open", "mọi người xem được ngay"), ("closed", "Chỉ văn phòng, hội đồng")]
)
def test_the_notice_fits_the_topology_and_names_the_place(topology: str, said: str) -> None:
    html = relay.form_page(scene(maker(topology=topology)))

    assert said in html
    assert "**" not in html
    assert PLACE in html


def test_hostile_registers_are_shown_as_text() -> None:
    bad = "<script>alert(1)</script>\"'>{{811*811}}"
    made = maker(site_title=bad, organiser=bad, intake=bad)
    field: Any = {**made.books.fields["nong-nghiep"], "name": bad}
    made = Maker(made.schemas, replace(made.books, fields={"nong-nghiep": field}))
    for html in (write(scene(made)) for write in PAGES.values()):
        assert "<script>alert" not in html
        assert "657721" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_findings_come_under_their_questions_in_our_own_words() -> None:
    labels = relay.labels_of(maker())
    told = relay.findings(
        [
            Finding(code=Code.FORM_NO_ANSWER, where=Location(path=("title",)), params={"label": "Tên của ý"}),
            Finding(code=Code.TOO_LONG, where=Location(path=("statements", "tinh-moi")), params={}),
            Finding(code=Code.OUT_OF_RANGE, where=Location(path=("authors", 0, "share")), params={}),
            Finding(code=Code.AT_THE_COUNTER, where=Location(path=("content",)), params={"place": PLACE}),
            Finding(code=Code.WRONG_TYPE, where=Location(path=("photo-2",)), params={}),
            Finding(code=Code.WRONG_TYPE),
        ],
        labels,
    )

    assert [entry["key"] for entry in told] == ["title", "tinh-moi", "authors", "content", "photo-2", ""]
    assert told[0]["sentence"] == "Mục “Tên của ý” chưa có câu trả lời."
    assert PLACE in told[3]["cure"]
    assert not re.search(r"Edit|###|GitHub|lời gửi", json.dumps(told[0]) + json.dumps(told[3]))


OF_SENDERS = (
    "E108", "E205", "E206", "E207", "E209", "E210", "E308", "E309", "E310", "E324", "E325", "E331", "E332", "E333",
    "E334", "E335", "E602", "E603", "E604", "E611", "E612", "E613", "E614", "E615", "E616", "E617", "E618", "E619",
    "E620",
)  # fmt: skip


@pytest.mark.parametrize("code", OF_SENDERS)
def test_nobody_without_an_account_is_told_of_files_and_keys(code: str) -> None:
    (told,) = relay.findings([Finding(code=Code(code))], {})

    assert told["sentence"]
    jargon = r"\b(applied|content|date|kind|person|round|share|title|true)\b|[a-z]_[a-z]|hồ sơ người|GitHub|###|tệp"
    assert not re.search(jargon, " ".join(told.values()))


@pytest.mark.parametrize(("status", "head"), [(404, "missing"), (405, "refused"), (503, "broken")])
def test_a_page_that_says_one_thing_has_the_head_of_its_status(status: int, head: str) -> None:
    assert words()["message"][head]["title"] in relay.message_page(scene(), "no-such-sentence", status)


def test_codes_shown_as_examples_are_sound() -> None:
    script = (OWN / "static" / "follow.js").read_text(encoding="utf-8")

    assert f'EXAMPLE = "{CODE}"' in script
