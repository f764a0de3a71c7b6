import hashlib
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain.digest import record_digest, scored_digest

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
