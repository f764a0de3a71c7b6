"""What is read line by line is what the YAML library reads; whatever else is left to it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import canonical_yaml, notation
from sangkien.domain.canonical_yaml import NotCanonical

LETTERS = "aăâđêơư ạảSinh09:#-'\"|>\n{}[]&*!%@`,?~=<.\\"
texts = st.text(alphabet=LETTERS, max_size=30)
keys = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
scalars = st.one_of(texts, st.integers(-(10**17), 10**17), st.booleans(), st.none())
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=20,
)
records = st.dictionaries(keys, values, min_size=1, max_size=6)


def strictly(text: str) -> Any:
    """Read a text by the library alone."""
    return notation._Builder().build(text)  # the very thing to be equal to


@pytest.mark.long
@given(records)
def test_what_we_write_is_read_as_the_library_reads_it(record: Any) -> None:
    text = notation.write(record)
    try:
        found = canonical_yaml.read(text)
    except NotCanonical:
        return
    assert found == strictly(text)
    assert _types(found) == _types(strictly(text))


@pytest.mark.long
@given(records, st.data())
def test_a_text_spoilt_in_any_place_is_read_alike_or_left_alone(record: Any, data: st.DataObject) -> None:
    text = notation.write(record)
    at = data.draw(st.integers(0, len(text)))
    spoilt = text[:at] + data.draw(st.text(alphabet=LETTERS, max_size=3)) + text[at + data.draw(st.integers(0, 3)) :]
    try:
        found = canonical_yaml.read(spoilt)
    except NotCanonical:
        return
    document = notation.parse(spoilt.encode())
    assert not document.findings
    assert found == strictly(spoilt)


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\ntitle: Một cách làm\n",
        "title: 'Nó nói: ''được'''\nnone: null\nyes: true\nempty: ''\nlist: []\nmap: {}\n",
        "authors:\n  - person: p-0a1b2c3d\n    share: 60\n  - person: p-1a1b2c3d\n    share: 40\n",
        "steps:\n  - một\n  - hai\n  - - ba\n    - bốn\n",
        "before: |\n  Một dòng.\n\n  - Dòng: khác # không phải chú thích\nafter: |-\n  Cuối.\n",
        "day: 2019-07-05\nmark: '12.5'\nnumber: 012\nno: no\nbelow: -5\n",
    ],
)
def test_our_own_form_is_read_here(text: str) -> None:
    assert canonical_yaml.read(text) == strictly(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: x",  # no line end
        "title:  x\n",
        "title: x # chú thích\n",
        "# đầu tệp\ntitle: x\n",
        "title:\n",
        "title: x\n  more\n",
        "title: x\n  more: y\n",
        "title: 'x\n",
        'title: "x"\n',
        "title: x\ntitle: y\n",
        "list:\n- a\n",
        "list:\n   - a\n",
        "list:\n  - a\n b: c\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !!str c\n",
        "a: {b: c}\n",
        "a: >\n  b\n",
        "a: |\n    b\n   c\n",
        "a: |\n\n  b\n",
        "a: |2\n   b\n",
        "a: |+\n  b\n\n",
        "- a\nb: c\n",
        "a: b\n- c\n",
        "a: b\t\n",
        "a: b: c\n",
        "a: -\n",
        "a: ?\n",
        "--- \na: b\n",
        "<<: b\n",
        "".join(f"{'  ' * n}a{n}:\n" for n in range(14)) + "  " * 14 + "b: c\n",
    ],
)
def test_anything_else_is_left_to_the_library(text: str) -> None:
    with pytest.raises(NotCanonical):
        canonical_yaml.read(text)


def test_nearly_every_record_of_ours_is_in_our_form(pytestconfig: pytest.Config) -> None:
    paths = [*pytestconfig.rootpath.glob("ideas/**/*.yml"), *pytestconfig.rootpath.glob("content/register/**/*.yml")]
    left = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        try:
            found = canonical_yaml.read(text)
        except NotCanonical:
            left += 1
            continue
        assert found == strictly(text), path
    assert left < len(paths) / 20


def _types(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _types(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_types(inner) for inner in value]
    return type(value)
