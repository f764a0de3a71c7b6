from itertools import islice

from sangkien.domain import idea_code, lot


def test_codes_are_sound_and_repeat_by_seed() -> None:
    first = list(islice(lot.codes(2026, "a"), 50))

    assert first == list(islice(lot.codes(2026, "a"), 50))
    assert first[0] != next(lot.codes(2026, "b"))
    assert len(set(first)) == 50
    assert all(idea_code.is_sound(code) and code.startswith("2026-") for code in first)


def test_people_differ_by_place_and_seed() -> None:
    drawn = {lot.person(seed, place) for seed in ("a", "b") for place in range(20)}

    assert len(drawn) == 40
    assert all(len(key) == 10 and key.startswith("p-") for key in drawn)


def test_no_symbol_is_favoured() -> None:
    drawn = list(islice(lot.symbols("x"), 32_000))

    assert all(800 < drawn.count(symbol) < 1200 for symbol in idea_code.ALPHABET)
