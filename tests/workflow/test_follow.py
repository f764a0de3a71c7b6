"""What the register says of an idea to who sent it."""

import pytest

from places import ROOT
from sangkien.adapters.store import Store
from sangkien.domain import idea_code
from sangkien.domain.following import Verdict
from sangkien.domain.publicness import Rulings
from sangkien.workflow import follow, reading

STORE = Store(ROOT)


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    schemas = reading.load_schemas(STORE)
    books = reading.read_registers(STORE, schemas).books
    rulings = Rulings(books.decisions.values())
    codes = map(idea_code.of_folder, STORE.idea_folders())
    return {code: follow.verdict_of(STORE, schemas, books, rulings, code) for code in codes}


def test_every_outcome_is_told_with_its_day(verdicts: dict[str, Verdict]) -> None:
    outcomes = {verdict.outcome for verdict in verdicts.values()}

    assert {"cong-nhan", "bo-sung", "khong-cong-nhan", ""} <= outcomes
    assert all(verdict.day for verdict in verdicts.values() if verdict.outcome)


def test_only_what_was_recognised_is_public(verdicts: dict[str, Verdict]) -> None:
    public = [verdict for verdict in verdicts.values() if verdict.public]

    assert public
    assert all(verdict.public_on and not verdict.withdrawn for verdict in public)


def test_more_is_awaited_only_where_the_council_asked(verdicts: dict[str, Verdict]) -> None:
    awaiting = [verdict for verdict in verdicts.values() if verdict.awaits_more]

    assert awaiting
    assert {verdict.outcome for verdict in awaiting} == {"bo-sung"}


def test_of_an_unknown_code_nothing_is_said() -> None:
    schemas = reading.load_schemas(STORE)
    books = reading.read_registers(STORE, schemas).books

    assert follow.verdict_of(STORE, schemas, books, Rulings(()), "2019-B8M4-R0XT") == Verdict()
