"""64 KB of anything, as anybody may send them: each of these took minutes once, and a hanging test tells of it."""

import pytest

from sangkien.domain import form_body, loose
from sangkien.domain.form import Field, Template
from sangkien.domain.rules import privacy
from sangkien.domain.text import discreet

LONG = 60_000
SHAPES = [
    "**" + " " * LONG + "x", "# " + " " * LONG + "x", "#" * LONG + "x", "*" * LONG, "a" * LONG + " at ",
    "a" * LONG + "@", "a." * (LONG // 2) + "at", "a@" + "b" * LONG + "!", "a@" + "b." * (LONG // 2) + "1",
    "1-" * (LONG // 2),
    ("a 1" + " " * 290 + "x\n") * 200, ("a" + "," * 150 + " " * 140 + "1x\n") * 200, "```\n" * (LONG // 4),
    "### A\n" * (LONG // 6), "\0" * LONG, "\u200b" * LONG,
]  # fmt: skip
FORM = Template(
    name="", title="", labels=(), fields=tuple(Field(key=k, kind="textarea", label=k) for k in "ABCDEFGHIJ")
)


@pytest.mark.parametrize("text", SHAPES, ids=range(len(SHAPES)))
def test_any_shape_is_read(text: str) -> None:
    form_body.parse(FORM, text)
    loose.authors(text)
    discreet(text)
    list(privacy.in_text(text, privacy.Allowed.of([]), None))


@pytest.mark.parametrize("line", ["**A**", "## A ##", "# A", "** A: **", "   ###### A #  "])
def test_a_heading_is_known_with_its_closing_marks(line: str) -> None:
    assert form_body.headings(FORM, f"{line}\n\nx") == 1


@pytest.mark.parametrize("text", ["lan@example.org", "(lan＠example.org)", "lan@a@b", "0912 345.678", "079123456789"])
def test_a_quoted_value_gives_nobody_away(text: str) -> None:
    assert discreet(f"Bà Lan {text} nhé") == "Bà Lan … nhé" or "Lan (… nhé" in discreet(f"Bà Lan {text} nhé")


def test_two_addresses_in_one_run_are_both_noticed_as_one() -> None:
    assert list(privacy.in_text("lan@example.orglan@example.org", privacy.Allowed.of([]), None))
