from typing import Any

import pytest

from places import VALID
from sangkien.domain import notation
from sangkien.domain.errors import UsageError
from sangkien.workflow.ballot import parse

RUBRIC: Any = notation.parse((VALID / "content/register/rubrics/2019-1.yml").read_bytes()).record
BODY = "```phieu-cham\nbo-tieu-chi: 2019-1\ntinh-moi: 50,5\ntinh-kinh-te: 30/40\nket-luan: cong-nhan\n```"


def test_parse_reads_the_ballot() -> None:
    reading = parse(BODY, RUBRIC)

    assert reading.ballot is not None
    assert reading.ballot.total == RUBRIC["criteria"][0]["max_score"] + 20.5


@pytest.mark.parametrize("rubric", [None, [], {}, {"id": "x", "criteria": [1]}, RUBRIC | {"quorum": "2/0"}])
def test_parse_needs_a_rubric(rubric: Any) -> None:
    with pytest.raises(UsageError, match="bad-rubric"):
        parse(BODY, rubric)
