from typing import Any

import pytest

from sangkien.domain.migrations import DigestError, Migration, Record, migrated

IDEA: dict[str, Any] = {"version": 1, "code": "2019-7K3Q-F2TY", "title": "Tưới nhỏ giọt", "note": "cũ"}


def renamed(record: Record) -> Record:
    return {("remark" if key == "note" else key): value for key, value in record.items()}


def louder(record: Record) -> Record:
    return {**record, "title": str(record["title"]).upper()}


def test_steps_are_taken_in_turn() -> None:
    steps = [
        Migration(kind="idea", version=2, change=lambda record: {**record, "seen": True}),
        Migration(kind="idea", version=1, change=renamed),
        Migration(kind="unit", version=1, change=louder),
    ]

    assert migrated("idea", IDEA, steps) == {
        "version": 3,
        "code": "2019-7K3Q-F2TY",
        "title": "Tưới nhỏ giọt",
        "remark": "cũ",
        "seen": True,
    }


def test_a_second_time_the_record_is_the_same() -> None:
    steps = [Migration(kind="idea", version=1, change=renamed)]
    new = migrated("idea", IDEA, steps)

    assert migrated("idea", new, steps) is new
    assert migrated("idea", IDEA, []) is IDEA


def test_what_was_scored_is_never_changed() -> None:
    with pytest.raises(DigestError):
        migrated("idea", IDEA, [Migration(kind="idea", version=1, change=louder)])


def test_a_conclusion_is_never_changed_at_all() -> None:
    with pytest.raises(DigestError):
        migrated("conclusion", {"version": 1, "outcome": "rut"}, [Migration(kind="conclusion", version=1, change=dict)])
