"""Words that stand in a schema and in a template are one and the same."""

import pytest

from sangkien.domain.schema import SchemaSet
from sangkien.render import vietnamese


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        ("idea", ("kind",), vietnamese.KINDS),
        ("decision", ("kind",), vietnamese.DECISION_KINDS),
        ("correction", ("by",), vietnamese.CORRECTION_BY),
        ("lists", ("levels", 0, "group"), vietnamese.UNIT_GROUPS),
        ("council", ("seats", 0, "role"), vietnamese.ROLES),
    ],
)
def test_choices_are_named_as_in_the_schema(
    schemas: SchemaSet, kind: str, path: tuple[str | int, ...], words: dict[str, str]
) -> None:
    assert words == schemas.choices(schemas.at(kind, path))
