"""Expressions in concurrency groups."""

import pytest

from localhub import expressions

CONTEXT = {
    "github": {
        "ref": "refs/heads/main",
        "head_ref": "",
        "run_id": "7",
        "event_name": "issues",
        "event": {"issue": {"number": 5, "locked": False, "labels": ["Mới"]}, "o'x": {"y-z": 1}},
    },
    "vars": {"A": "b"},
}


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("publish", "publish"),
        ("ci-${{ github.ref }}", "ci-refs/heads/main"),
        ("intake-${{ github.event.issue.number || 'sweep' }}", "intake-5"),
        ("v-${{ github.event.pull_request.number || 'sweep' }}", "v-sweep"),
        ("${{ github.head_ref || github.run_id }}", "7"),
        ("${{github.event_name=='issues'&&'a b'||'c'}}", "a b"),
        ("${{ github.event_name != 'ISSUES' && 'a' || 'it''s' }}", "it's"),
        ("${{ (github.nothing || github.ref) }}-${{ vars.A }}", "refs/heads/main-b"),
        ("${{ !github.event.issue.locked }}", "true"),
        ("${{ github.event.issue.number == 5 }}|${{ github.event.issue.number == '5' }}", "true|true"),
        ("${{ github.nothing == null }}${{ github.head_ref == null }}", "truetrue"),
        ("${{ format('{0}/{1}', github.run_id, 'x') }}", "7/x"),
        ("${{ startsWith(github.ref, 'refs/') && endsWith(github.ref, 'MAIN') }}", "true"),
        ("${{ contains(github.event.issue.labels, 'mới') }}${{ contains('abc', 'd') }}", "truefalse"),
        ("${{ github['event']['o''x'].y-z }}", "1"),
        ("${{ github.event }}", "Object"),
    ],
)
def test_filled(template: str, wanted: str) -> None:
    assert expressions.fill(template, CONTEXT) == wanted


@pytest.mark.parametrize("expression", ["", "a b", "(a", "a ||", "hashFiles('x')", "#", "f(", "a[b"])
def test_not_read(expression: str) -> None:
    with pytest.raises(ValueError, match=r"expression|understood"):
        expressions.evaluate(expression, CONTEXT)
