"""A review's body → the ballot in it; many reviews → the tally. Nothing is looked up, nothing is written."""

from collections.abc import Mapping
from typing import Any

from sangkien.domain import tally as counting
from sangkien.domain.ballot import Reading, read
from sangkien.domain.errors import UsageError
from sangkien.domain.review import from_rest
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


def tally(
    rubric: Any, council: Any, idea: Any, reviews: Any, digests: Mapping[str, str] | None, on: str
) -> counting.Tally:
    """Count the reviews given; raises UsageError for input that is not what it should be."""
    if not isinstance(idea, Mapping):
        raise UsageError("bad-idea", fault="")
    if digests is not None and not isinstance(digests, Mapping):
        raise UsageError("bad-digests", fault="")
    try:
        listed = from_rest(reviews)
    except ValueError as error:
        raise UsageError("bad-reviews", fault=str(error)) from error
    view = rubric_of(rubric)
    try:
        return counting.tally(view, council, idea, listed, digests, on)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError("bad-council", fault=str(error)) from error
