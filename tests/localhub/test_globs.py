"""Filter patterns, by the examples of GitHub's cheat sheet and a few that trip translators."""

import pytest

from localhub.globs import any_match, matches


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("main", ["main"], ["mainly"]),
        ("v[0-9]+", ["v12"], ["v"]),
        ("*", ["main", "README.md"], ["a/b"]),
        ("**", ["main", "a/b/c"], []),
        ("feature/*", ["feature/x"], ["feature/x/y", "feature"]),
        ("feature/**", ["feature/a", "feature/a/b"], ["features/a"]),
        ("releases/**-alpha", ["releases/10-alpha", "releases/a/b-alpha"], ["releases/10"]),
        ("v2*", ["v2", "v2.0", "v2.9"], ["v3"]),
        ("v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"], ["v3.0.0", "v1.x.0"]),
        ("*.jsx?", ["page.js", "page.jsx"], ["page.jsxx", "a/page.js"]),
        ("**.js", ["index.js", "src/js/app.js"], ["index.jsx"]),
        ("docs/*", ["docs/a.txt"], ["docs/b/a.txt"]),
        ("docs/**", ["docs/a.txt", "docs/b/a.txt"], ["doc/a.txt"]),
        ("docs/**/*.md", ["docs/a.md", "docs/b/c/a.md"], ["docs/a.txt"]),
        ("**/docs/**", ["docs/a", "x/docs/y/z"], ["xdocs/a"]),
        ("**/README.md", ["README.md", "js/README.md"], ["myREADME.md"]),
        ("**/*src/**", ["a/src/x.js", "my-src/y/z"], ["srcs/x"]),
        ("**/*-post.md", ["my-post.md", "p/their-post.md"], ["post.md"]),
        ("[CB]at", ["Cat", "Bat"], ["cat", "Rat"]),
        ("a.b", ["a.b"], ["axb"]),
        (r"a\*b", ["a*b"], ["axb"]),
        (r"\d", ["d"], ["1"]),
        ("?x", ["?x"], ["x"]),
        ("a[", ["a["], ["a"]),
    ],
)
def test_pattern(glob: str, yes: list[str], no: list[str]) -> None:
    assert [name for name in yes + no if matches([glob], name)] == yes


def test_the_last_that_fits_decides() -> None:
    globs = ["releases/**", "!releases/**-alpha", "releases/9-alpha"]
    names = ["releases/8", "releases/8-alpha", "releases/9-alpha"]
    assert [matches(globs, name) for name in names] == [True, False, True]
    assert any_match(["*.js", "!a.js"], ["a.js", "b.js"])
    assert not any_match(["*.js", "!a.js"], ["a.js"])
    assert not matches([], "main")
    assert not matches(["**", "!ideas/**"], "ideas/a")
    assert matches(["!ideas/**", "**"], "ideas/a")
