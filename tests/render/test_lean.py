"""What is dropped from a style sheet, and what never is."""

import pytest

from sangkien.render.lean import lean


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".md-nav{a:b}.md-typeset p{c:d}", ".md-typeset p{c:d}"),
        (".md-nav,.md-typeset{a:b}", ".md-typeset{a:b}"),
        (".md-typeset .md-nav{a:b}", ""),
        (".md-typeset :is(h1,.note) a,.md-tabs{a:b}", ".md-typeset :is(h1,.note) a{a:b}"),
        ("[data-md-toggle=x]:checked~a{a:b}p{c:d}", "p{c:d}"),
        ("@media print{.md-nav{a:b}}@media print{p{a:b}.md-nav{c:d}}", "@media print{p{a:b}}"),
        ("@keyframes x{0%{a:b}to{c:d}}", "@keyframes x{0%{a:b}to{c:d}}"),
        ('@charset "UTF-8";p{a:b}', '@charset "UTF-8";p{a:b}'),
        ("p{a:\"}\"}b{a:url('}{;')}i{a:url(data:;})}", "p{a:\"}\"}b{a:url('}{;')}i{a:url(data:;})}"),
        ('.md-x{a:"}.b{"}p{c:d}', "p{c:d}"),
        (
            ':root{--a:url("x;}");--b:url(y);--c:1}p{d:var(--b)}.md-x{d:var(--a)}',
            ":root{--b:url(y);--c:1}p{d:var(--b)}",
        ),
    ],
)
def test_only_what_no_page_shows_is_dropped(css: str, left: str) -> None:
    assert lean(css) == left
