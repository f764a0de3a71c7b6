"""Codes, PINs and tokens of ideas sent without an account."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import slip

SECRET = b"s" * 32
KEY = "0123456789abcdef0123456789abcdef"


def test_the_same_key_draws_the_same_and_another_secret_another() -> None:
    assert slip.pin(SECRET, KEY) == slip.pin(SECRET, KEY)
    assert slip.seed(SECRET, KEY) == slip.seed(SECRET, KEY)
    other = b"t" * 32
    assert slip.pin(other, KEY) != slip.pin(SECRET, KEY)
    assert slip.mark(other, KEY) != slip.mark(SECRET, KEY)
    assert len({slip.mark(SECRET, KEY), slip.seed(SECRET, KEY), KEY}) == 3


@given(st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_pin_is_read_as_people_type_it(key: str) -> None:
    pin = slip.pin(SECRET, key)

    for typed in (pin, pin.lower(), pin.replace("-", ""), f" {pin[:2]} {pin[2:]} ", pin.replace("0", "o")):
        assert slip.read_pin(typed) == pin


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "UUUU-UUUU", "ÁÁÁÁ-ÁÁÁÁ", "1234-567\0"])
def test_what_is_no_pin_is_none(text: str) -> None:
    assert slip.read_pin(text) is None


def test_a_token_vouches_for_its_code_until_its_end() -> None:
    token = slip.token(SECRET, "2026-7K3Q-F2TZ", 1000)

    assert slip.holder(SECRET, token, 999) == "2026-7K3Q-F2TZ"
    assert slip.holder(SECRET, token, 1000) is None
    assert slip.holder(b"t" * 32, token, 999) is None
    assert slip.holder(SECRET, token.replace("7K3Q", "8K3Q"), 999) is None
    assert slip.holder(SECRET, token.replace(".1000.", ".9000."), 999) is None


@given(st.text(max_size=80))
def test_no_other_text_is_a_token(text: str) -> None:
    assert slip.holder(SECRET, text, 0) is None


def test_a_hash_needs_its_salt() -> None:
    assert slip.hashed("7K3Q-F2TZ", b"a" * 16) == slip.hashed("7K3Q-F2TZ", b"a" * 16)
    assert slip.hashed("7K3Q-F2TZ", b"a" * 16) != slip.hashed("7K3Q-F2TZ", b"b" * 16)
