import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien.domain import idea_code

SYMBOLS = st.text(alphabet=idea_code.ALPHABET, min_size=7, max_size=7)


@pytest.mark.parametrize("code", ["2026-7K3Q-F2TZ", "2019-7K3Q-F2TY", "2019-B8M4-R0XT"])
def test_is_sound_contract_examples(code: str) -> None:
    assert idea_code.is_sound(code)


@given(year=st.integers(2000, 2099), seven=SYMBOLS)
def test_make_then_read(year: int, seven: str) -> None:
    code = idea_code.make(year, seven)

    assert idea_code.read(code) == code
    assert idea_code.read(f" {code.lower().replace('-', ' ')} ") == code


@given(
    year=st.integers(2000, 2099),
    seven=SYMBOLS,
    place=st.integers(0, 6),
    other=st.sampled_from(idea_code.ALPHABET),
)
def test_check_symbol_catches_any_single_slip(year: int, seven: str, place: int, other: str) -> None:
    slipped = seven[:place] + other + seven[place + 1 :]

    same = idea_code.check_symbol(year, slipped) == idea_code.check_symbol(year, seven)

    assert same == (slipped == seven)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2019 b8m4 roxt", "2019-B8M4-R0XT"),
        ("2019–B8M4–R0XT", "2019-B8M4-R0XT"),
        ("2019-B8M4-R0XV", None),
        ("", None),
    ],
)
def test_read_forgives(typed: str, code: str | None) -> None:
    assert idea_code.read(typed) == code


def test_folder_is_sharded_by_two_symbols() -> None:
    assert idea_code.folder("2026-7K3Q-F2TZ") == "ideas/2026/7k/7k3qf2tz"


def test_denied_finds_letter_runs() -> None:
    assert idea_code.denied("2019-B8M4-R0XT", ["ZZ", "m4r"]) == "m4r"
    assert idea_code.denied("2019-B8M4-R0XT", ["ZZ"]) is None
