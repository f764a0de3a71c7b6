import hashlib
import unicodedata
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.digest import _canonical, record_digest, scored_digest

IDEA: dict[str, Any] = {
    "code": "2019-B8M4-R0XT",
    "title": "Tưới",
    "cost": {"amount": 5},
    "applied": True,
    "unit": "xa-thu-2010",
}


def test_scored_digest_is_sha256_of_canonical_json() -> None:
    text = '{"applied":true,"code":"2019-B8M4-R0XT","cost":{"amount":5},"title":"Tưới"}'

    assert scored_digest(IDEA) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"title": unicodedata.normalize("NFD", "Tưới")},
        {"title": " Tưới\r\n"},
        {"summary": None},
        {"unit": "xa-khac-2010"},
    ],
)
def test_scored_digest_stays(change: dict[str, Any]) -> None:
    assert scored_digest(IDEA | change) == scored_digest(IDEA)


@pytest.mark.parametrize("change", [{"title": "Tươi"}, {"applied": False}, {"cost": {"amount": 6}}, {"summary": "x"}])
def test_scored_digest_changes(change: dict[str, Any]) -> None:
    assert scored_digest(IDEA | change) != scored_digest(IDEA)


def test_record_digest_leaves_itself_out() -> None:
    assert record_digest({"a": "1", "digest": "x"}) == record_digest({"a": "1"})


def test_record_digest_refuses_floats() -> None:
    with pytest.raises(TypeError):
        record_digest({"a": [1.5]})


@given(order=st.permutations(sorted(IDEA)))
def test_scored_digest_knows_no_order(order: list[str]) -> None:
    assert scored_digest({key: IDEA[key] for key in order}) == scored_digest(IDEA)


EDGES = st.text(alphabet='aạ\u0323\u00a0 \t\n\r\\"n,:[-1.5enull\x1f', max_size=8)
VALUES = st.recursive(
    EDGES | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=12,
)


@given(record=st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4))
def test_the_short_way_writes_what_rfc_8785_says(record: dict[str, Any]) -> None:
    assert record_digest(record) == hashlib.sha256(rfc8785.dumps(_canonical(record))).hexdigest()
