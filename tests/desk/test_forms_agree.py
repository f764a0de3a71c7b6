"""Two writers of a form's body that know nothing of each other write the same, and it is read back."""

import pytest
from desk_room import FORMS
from hypothesis import given, settings
from hypothesis import strategies as st

from localhub import forms
from sangkien.domain.form import Answer, Box, body_of, read_template
from sangkien.domain.form_body import parse

_TEXT = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=30).map(str.strip)


@pytest.mark.parametrize("name", sorted(path.name for path in FORMS.glob("[0-9]*.yml")))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_both_write_the_same_body(name: str, data: st.DataObject) -> None:
    source = (FORMS / name).read_text(encoding="utf-8")
    template, form = read_template(source), forms.read(source)
    ours: dict[str, Answer] = {}
    theirs: dict[str, list[str]] = {}
    for field, element in zip(template.fields, (e for e in form.elements if e.kind in forms.QUESTIONS), strict=True):
        if field.kind == "checkboxes":
            ticks = [data.draw(st.booleans()) for _ in field.options]
            ours[field.key] = [Box(label=o.label, checked=t) for o, t in zip(field.options, ticks, strict=True)]
            theirs[element.name] = [str(place) for place, ticked in enumerate(ticks) if ticked]
            continue
        options = st.sampled_from([option.label for option in field.options]) if field.options else _TEXT
        answer = data.draw(st.none() | options.filter(lambda text: text not in ("", "_No response_")))
        if field.kind == "input" and answer:
            answer = " ".join(answer.split()).lstrip("#") or None
        ours[field.key] = answer
        theirs[element.name] = [answer] if answer else []

    body = body_of(template, ours)

    assert forms.body(form, theirs) == body
    assert parse(template, body).answers == ours
