from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import notation
from sangkien.domain.finding import Code

# What a record may hold: no floats, no characters that are refused.
TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp", "Mn"], exclude_characters="\u115f\u1160\u3164"
    )
    | st.just("\n"),
    max_size=30,
)
SCALAR = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXT
RECORD: st.SearchStrategy[Any] = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def read(text: str) -> Any:
    return notation.parse(text.encode()).record


def codes(text: str | bytes) -> list[Code]:
    data = text if isinstance(text, bytes) else text.encode()
    return [finding.code for finding in notation.parse(data).findings]


@given(record=RECORD.filter(lambda record: notation_depth(record) <= notation.MAX_DEPTH))
def test_write_then_parse(record: Any) -> None:
    text = notation.write(record)
    document = notation.parse(text.encode())

    assert [f for f in document.findings if f.code is not Code.NOT_NFC] == []
    assert document.record == record


def notation_depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(notation_depth, inner), default=0) if isinstance(value, dict | list) else 0


@given(data=st.binary(max_size=300))
def test_parse_never_raises(data: bytes) -> None:
    notation.parse(data)


@given(text=st.text(st.sampled_from("ab:-\n \"'[]{}&*!#|>?%@`,0\t~éế"), max_size=60))
def test_parse_never_raises_on_near_yaml(text: str) -> None:
    notation.parse(text.encode())


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("no", "no"),
        ("2019-07-05", "2019-07-05"),
        ("012", "012"),
        ("12.5", "12.5"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("7", 7),
        ("-3", -3),
        ("true", True),
        ("~", None),
        ("", None),
        ("9" * 40, "9" * 40),
    ],
)
def test_parse_plain_scalars_as_written(plain: str, value: object) -> None:
    assert read(f"a: {plain}") == {"a": value}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1\nb: *x", Code.ANCHOR),
        ("<<: *x", Code.ANCHOR),
        ("a: !!python/object:os.x 1", Code.TAG),
        ("a: 1\na: 2", Code.REPEATED_KEY),
        ("a: 1\n---\nb: 2", Code.SEVERAL_DOCUMENTS),
        ("[" * 30_000, Code.TOO_DEEP),
        ("a: \x07", Code.FORBIDDEN_CHARACTER),
        ("\ufeffa: 1", Code.FORBIDDEN_CHARACTER),
        ('a: "\\u200b"', Code.FORBIDDEN_CHARACTER),
        ("a:\n\tb: 1", Code.NOT_YAML),
        ("? [a]\n: 1", Code.NOT_YAML),
        ("a: e\u0301", Code.NOT_NFC),
    ],
)
def test_parse_refuses(text: str, code: Code) -> None:
    assert codes(text) == [code]


def test_parse_allows_emoji_joiners() -> None:
    assert codes("a: 👨‍👩‍👧 ❤️ 1️⃣") == []


def test_parse_refuses_joiner_in_a_word() -> None:
    assert codes("a: tư\u200dới") == [Code.FORBIDDEN_CHARACTER]


def test_place_of_values() -> None:
    document = notation.parse(b"a: 1\nb:\n  - c: 2\n    d: 3\n")

    assert document.place(("b", 0, "d")) == (4, 5)
    assert document.place(("b", 0, "missing")) == (3, 5)


def test_finding_within_a_block_stands_on_its_line() -> None:
    document = notation.parse(b"a: |-\n  x\n  y\n  z\n")

    assert document.finding_within(Code.PHONE, ("a",), 4).where.line == 4


@pytest.mark.parametrize(
    ("text", "inner"),
    [("# head\na: 1\n", False), ("a: 1 # note\n", True), ("a: '#x'\n", False), ("a: 1\n# end\n", True)],
)
def test_has_inner_comment(text: str, *, inner: bool) -> None:
    assert notation.has_inner_comment(text) == inner
