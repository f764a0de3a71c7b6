"""A review's body → the ballot in it."""

from collections.abc import Mapping
from typing import Any

from sangkien.domain.ballot import Reading, read
from sangkien.domain.errors import UsageError
from sangkien.domain.rubric import Rubric


def rubric_of(record: Any) -> Rubric:
    """Make the rubric's view; raises UsageError for what is no rubric."""
    try:
        return Rubric.from_record(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError("bad-rubric", fault=str(error)) from error


def parse(body: str, rubric: Mapping[str, Any]) -> Reading:
    """Read one body against a rubric record."""
    return read(body, rubric_of(rubric))
