"""What a guide tells people to copy is taken by the gate."""

import re
from typing import Any

import pytest
import yaml

from places import ROOT
from sangkien.domain import layout
from sangkien.domain.books import Books
from sangkien.domain.figure_ids import REPORTED
from sangkien.domain.notation import parse
from sangkien.domain.rules import registers
from sangkien.domain.rules.index import Index
from sangkien.domain.schema import SchemaSet
from sangkien.render.report import titled, words

GUIDE, LETTERHEADS = (
    (ROOT / "content/huong-dan" / name).read_text(encoding="utf-8") for name in ("so-viec-phong-trao.md", "dau-giay.md")
)
EXAMPLES = re.findall(r"`((?:content|ideas)/[^`]+\.yml)`\n\n```yaml\n(.*?)```", f"{GUIDE}\n{LETTERHEADS}", re.DOTALL)


@pytest.mark.parametrize(("path", "text"), EXAMPLES, ids=[path.rpartition("/")[2] for path, _ in EXAMPLES])
def test_each_example_is_a_sound_record_at_its_path(schemas: SchemaSet, path: str, text: str) -> None:
    place, document = layout.place_of(path), parse(text.encode(), path)
    assert place is not None

    assert [*document.findings, *schemas.check(place.kind, document)] == []
    assert str(document.record.get("id", document.record.get("number"))) == place.key
    assert [*registers.check(place.kind, document, Index(books=Books()))] == []


def test_every_figure_and_list_the_guide_names_is_one() -> None:
    lists: Any = yaml.safe_load((ROOT / "content/register/lists.yml").read_bytes())
    told = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", GUIDE.partition("{#so-bao-cao}")[2], re.MULTILINE)

    called = words()["figure"]
    assert told == [(key, titled(called[key]["name"], called[key]["measure"])) for key in REPORTED]
    assert len(EXAMPLES) == GUIDE.count("```yaml") + LETTERHEADS.count("```yaml\nversion")
    for name, field in (("outreach_forms", "form"), ("audiences", "audiences"), ("inspection_items", "item")):
        used = {value for _, text in EXAMPLES for value in _values(yaml.safe_load(text), field)}
        assert used
        assert used <= {entry["id"] for entry in lists[name]}


def test_the_guide_to_papers_tells_of_every_kind_by_its_name(schemas: SchemaSet) -> None:
    guide = (ROOT / "content/huong-dan/khung-van-ban.md").read_text(encoding="utf-8")
    kinds = schemas.choices(schemas.at("letterhead", ("recipients", 0, "papers", 0)))

    told = dict(re.findall(r"^\| ([^|]+) \| [^|]+ \| `([a-z-]+)", guide, re.MULTILINE))
    assert told == {name: key for key, name in kinds.items()}


def _values(record: Any, field: str) -> set[str]:
    found: set[str] = set()
    for key, inner in record.items() if isinstance(record, dict) else enumerate(record):
        if key == field:
            found |= set(inner) if isinstance(inner, list) else {inner}
        elif isinstance(inner, dict | list):
            found |= _values(inner, field)
    return found
