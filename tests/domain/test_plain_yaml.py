"""What is written line by line is what the YAML library writes, to the byte."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from places import ROOT
from sangkien.domain import notation

LETTERS = "aăâđêơư ạảSinh09:#-'\"|>\n{}[]&*!%@`,?~=<.\\()/+“”…–’_\u00a0\u2028\U0001f331é"
WORDS = ("yes", "No", "on", "OFF", "y", "n", "null", "Null", "true", "FALSE", "nan", "inf", "e", "1e3", "0x1f", "12:30")
texts = st.one_of(st.text(alphabet=LETTERS, max_size=30), st.sampled_from(WORDS), st.text(max_size=12))
keys = st.one_of(st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True), st.sampled_from(WORDS))
values = st.recursive(
    st.one_of(texts, st.integers(), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=20,
)


@pytest.mark.long
@given(st.dictionaries(keys, values, max_size=6))
@example({"a": [[["một"], []], {"b": "hai\n ba\n"}, "x\n\ny"], "on": {"c": {}}, "d": "~"})
def test_the_library_writes_the_same(record: Any) -> None:
    assert notation.write(record) == notation.dump(record)


@pytest.mark.parametrize("place", ["content/register", "ideas"])
def test_every_record_is_written_as_before(place: str) -> None:
    for path in sorted((ROOT / place).rglob("*.yml")):
        record = notation.parse(path.read_bytes()).record
        assert notation.write(record) == notation.dump(record)
