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


APPLICATION = "ideas/2019/mm/mmvcns1b/applications/1.yml"


@pytest.mark.parametrize(
    "path",
    [APPLICATION, *(f"content/register/{kind}/x-1.yml" for kind in ("clubs", "models", "outreach", "problems"))],
)
def test_what_anybody_may_add_nobody_outside_changes(path: str) -> None:
    def told(status: str, *, inside: bool, before: str | None = None) -> set[Code]:
        about = proposal.read(pull(inside=inside), [Change(path=path, status=status, before=before)])
        return {finding.code for finding in proposal.faults(about, pull(inside=inside), (), {})}

    assert told("added", inside=False) == set()
    assert told("modified", inside=False) == {Code.NOT_YOURS_TO_CHANGE}
    assert told("modified", inside=True) == set()
    assert told("removed", inside=False) == {Code.RECORD_REMOVED}
    moved = told("renamed", inside=False, before=path.replace("1.yml", "2.yml"))
    assert moved == {Code.RECORD_REMOVED, Code.NOT_YOURS_TO_CHANGE}


def test_a_place_comes_with_nothing_of_another_idea_or_register() -> None:
    others = ("ideas/2019/mm/mmvcns1c/applications/1.yml", "content/register/problems/bt-1.yml", "mkdocs.yml")
    for other in others:
        changes = [Change(path=path, status="added") for path in (APPLICATION, other)]
        about = proposal.read(pull(inside=False), changes)
        codes = {finding.code for finding in proposal.faults(about, pull(inside=False), (), {})}
        assert codes in ({Code.SEVERAL_IDEAS}, {Code.PATH_NOT_ALLOWED})
