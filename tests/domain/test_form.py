import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sangkien.domain.finding import Code
from sangkien.domain.form import Answer, Box, Template, body_of, field_key, read_template
from sangkien.domain.form_body import parse

TEMPLATE = read_template("""
name: Try
title: "[try] "
labels: ["a", b]
body:
  - type: markdown
    attributes: {value: "### Title\\n\\nnot asked"}
  - type: input
    id: title
    attributes: {label: Title}
    validations: {required: true}
  - type: textarea
    id: story
    attributes: {label: "Tell us   more"}
  - type: textarea
    id: log
    attributes: {label: Log, render: shell}
  - type: dropdown
    id: one
    attributes: {label: One of, options: [Yes, No, "A, B"]}
  - type: dropdown
    id: many
    attributes: {label: Many of, multiple: true, options: [A, B, "A, B", "C, D, E"]}
  - type: checkboxes
    id: boxes
    attributes: {label: Boxes, options: [{label: first, required: true}, {label: "second [x](y)"}]}
  - type: textarea
    attributes: {label: "Tính mới & lạ?"}
""")


def body(**answers: Answer) -> str:
    return body_of(TEMPLATE, {"title": "A", "boxes": [Box(label="first", checked=True)], **answers})


def test_read_template() -> None:
    assert (TEMPLATE.name, TEMPLATE.title, TEMPLATE.labels) == ("Try", "[try] ", ("a", "b"))
    assert [field.key for field in TEMPLATE.fields] == [
        "title", "story", "log", "one", "many", "boxes", "tinh-moi-la",
    ]  # fmt: skip
    assert [option.label for option in TEMPLATE.fields[3].options] == ["Yes", "No", "A, B"]
    assert TEMPLATE.fields[1].label == "Tell us more"


@pytest.mark.parametrize("text", ["", "[", "a: b", "body: []", "body: [{type: markdown}]", "body: text", "- x"])
def test_read_template_refuses_what_is_no_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_template(text)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("What happened?", "what-happened"),
        ("snake_case kept", "snake_case-kept"),
        ("Đường đi", "duong-di"),
        ("  A -- B ", "a-b"),
    ],
)
def test_field_key(label: str, key: str) -> None:
    assert field_key(label) == key


_LABELS = ["Title", "Tell us more", "Log", "One of", "Many of", "Boxes"]
# Everything people type that looks like the form itself, save the headings that are still to come, which nothing
# could tell from the form's own.
_PIECES = st.sampled_from([
    *("", "### Title", "### Other", "#### Log", "# x", "```", "```yaml", "~~~", "````", "- [x] first", "> ### Log"),
    *("_No response_ ", "    ### Log", "None", "a, b", "### Title ###", "…", "**Log**!", "\t", "<!-- x -->", "* * *"),
])  # fmt: skip
_ANY_TEXT = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=12)
_PROSE = (
    st.lists(_PIECES | _ANY_TEXT, max_size=8)
    .map(lambda lines: "\n".join(lines).strip())
    .filter(lambda text: text not in ("", "_No response_") and not text.startswith("### Log"))
)
_LINE = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: text and not text.startswith("###") and text != "_No response_")
)


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(
    title=_LINE,
    story=st.none() | _PROSE,
    log=st.none() | _PROSE,
    one=st.none() | st.sampled_from(["Yes", "No", "A, B"]),
    last=st.none() | _PROSE,
    ticked=st.booleans(),
)
@example(title="x", story="```", log="```\nb", one="No", last="```\n### Log\n```", ticked=True)
@example(title="x", story="```sh\n### Log\n```\n\n### Log of mine", log=None, one=None, last=None, ticked=False)
def test_what_is_written_is_read_back(
    title: str, story: str | None, log: str | None, one: str | None, last: str | None, ticked: bool
) -> None:
    answers: dict[str, Answer] = {
        "title": title,
        "story": story,
        "log": log,
        "one": one,
        "many": ["A", "C, D, E", "B"],
        "boxes": [Box(label="first", checked=ticked), Box(label="second [x](y)", checked=False)],
        "tinh-moi-la": last,
    }

    for line_end in ("\n", "\r\n"):
        assert parse(TEMPLATE, body_of(TEMPLATE, answers).replace("\n", line_end)).answers == answers


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([f"### {label}" for label in _LABELS] + ["```", "x", "", "- [ ] first"]), max_size=30))
def test_any_text_is_read_somehow(lines: list[str]) -> None:
    parse(TEMPLATE, "\n".join(lines))


def test_headings_of_an_answer_stay_in_it() -> None:
    story = "before\n\n### Steps\n\n1. a\n\n#### Log\n\n## Title\n\n### Title\n\nafter"

    answers = parse(TEMPLATE, body(story=story)).answers

    assert answers["story"] == story
    assert answers["log"] is None


def test_short_answers_end_at_any_heading() -> None:
    text = (
        body(one="Yes")
        .replace("Yes", "Yes\n\n### Added by hand\n\nx")
        .replace("### Title\n\nA", "### Title\n\nA\n### B\nb")
    )

    submission = parse(TEMPLATE, text)

    assert (submission.answers["title"], submission.answers["one"], submission.findings) == ("A", "Yes", ())


def test_a_whole_form_pasted_in_a_fence_stays_in_its_answer() -> None:
    story = "````\n" + body(log="inner") + "\n````"

    answers = parse(TEMPLATE, body(story=story, log="outer")).answers

    assert (answers["story"], answers["log"], answers["title"]) == (story, "outer", "A")


def test_a_missing_heading_is_found_and_the_rest_is_read() -> None:
    submission = parse(TEMPLATE, body(one="No").replace("### Log\n\n_No response_\n\n", ""))

    assert [(f.code, f.where.path) for f in submission.findings] == [(Code.FORM_NO_HEADING, ("log",))]
    assert submission.answers["one"] == "No"


def test_a_body_written_by_hand() -> None:
    text = "hello\n## title:\nMine\n**Tell us more**\nlong\n#### one of\nno such\n### Boxes\n* [X] first\n1. [ ] other"

    submission = parse(TEMPLATE, text)

    assert submission.answers == {
        "title": "Mine", "story": "long", "log": None, "one": "no such", "many": None,
        "boxes": [Box(label="first", checked=True), Box(label="other", checked=False)], "tinh-moi-la": None,
    }  # fmt: skip
    assert {f.code for f in submission.findings} == {Code.FORM_NO_HEADING, Code.FORM_NOT_AN_OPTION}


def test_empty_body_lacks_every_heading() -> None:
    submission = parse(TEMPLATE, "")

    assert set(submission.answers.values()) == {None}
    assert len(submission.findings) == len(TEMPLATE.fields)


def test_required_answers_and_boxes() -> None:
    text = body_of(TEMPLATE, {"boxes": [Box(label="first", checked=False)]})

    assert {(f.code, f.where.path[0]) for f in parse(TEMPLATE, text).findings} == {
        (Code.FORM_NO_ANSWER, "title"),
        (Code.FORM_UNTICKED, "boxes"),
    }


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("None", None),
        ("_No response_", None),
        ("A, B", ["A, B"]),
        ("B, A, B", ["B", "A, B"]),
        ("C, D, E,A", ["C, D, E", "A"]),
        ("A,X, B", ["A", "X", "B"]),
    ],
)
def test_many_choices(said: str, read: list[str] | None) -> None:
    text = body().replace("### Many of\n\n_No response_", f"### Many of\n\n{said}")

    assert parse(TEMPLATE, text).answers["many"] == read


@pytest.mark.parametrize("said", ["```shell\n\n```", "```shell\n```", "_No response_", "```\n_No response_\n```"])
def test_an_empty_fenced_answer_is_none(said: str) -> None:
    text = body().replace("### Log\n\n_No response_", f"### Log\n\n{said}")

    assert parse(TEMPLATE, text).answers["log"] is None


def test_hostile_bodies_take_no_time() -> None:
    """Six hundred copies of every heading and 16,000 fences are read in one go; CI's time limit is the judge."""
    for text in ("".join(f"### {label}\n```\n" for label in _LABELS) * 600, "```\n" * 16_000 + body(), "### " * 16_000):
        parse(TEMPLATE, text)


def test_parse_is_typed_for_any_template() -> None:
    other = Template(name="", title="", labels=(), fields=TEMPLATE.fields[:1])

    assert parse(other, "### Title\n\nx\n\n### More\n\ny").answers == {"title": "x"}
