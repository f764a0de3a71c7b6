from pathlib import Path
from typing import Any

import pytest

from sangkien.adapters.store import Store
from sangkien.domain.digest import scored_digest
from sangkien.domain.migrations import Migration
from sangkien.workflow.migrate import migrate

NOTED = Migration(kind="idea", version=1, change=lambda record: {**record, "note": "Đã xem lại."})


def ideas(store: Store) -> dict[str, Any]:
    return {path: store.read(path).record for path in store.files("ideas") if path.endswith("idea.yml")}


def test_records_are_rewritten_once_and_what_was_scored_stays(repository: Path) -> None:
    store = Store(repository)
    before = ideas(store)

    assert migrate(store, [NOTED]) == sorted(before)
    after = ideas(store)
    assert migrate(store, [NOTED]) == []

    assert {record["version"] for record in after.values()} == {2}
    assert [scored_digest(record) for record in after.values()] == [scored_digest(old) for old in before.values()]


@pytest.mark.parametrize("text", ["version: 1\nversion: 2\n", "- a\n", ""])
def test_what_cannot_be_read_is_left_to_validate(repository: Path, text: str) -> None:
    store = Store(repository)
    path = min(ideas(store))
    store.write(path, text)

    migrate(store, [NOTED])

    assert store.text(path) == text
