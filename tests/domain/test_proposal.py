import pytest

from sangkien.domain import proposal
from sangkien.domain.desk import Change, Pull
from sangkien.domain.finding import Code


def pull(*, inside: bool) -> Pull:
    return Pull(
        number=1, title="", is_open=True, merged=False, branch="x", head="1", base="main", inside=inside,
        labels=frozenset(), author=1, by_bot=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "count", "inside", "refused"),
    [
        ("a/{}.txt", 3000, True, True),  # a forge lists no more, so that records may hide behind
        ("a/{}.txt", 2999, False, False),
        ("content/register/units/x-{}.yml", 101, False, True),
        ("content/register/units/x-{}.yml", 101, True, False),
    ],
)
def test_a_list_that_may_not_be_whole_or_costs_too_much_is_refused(
    path: str, count: int, inside: bool, refused: bool
) -> None:
    about = proposal.read(
        pull(inside=inside), [Change(path=path.format(number), status="added") for number in range(count)]
    )
    codes = {finding.code for finding in proposal.faults(about, pull(inside=inside), (), {})}

    assert (Code.TOO_MANY_FILES in codes) is refused
