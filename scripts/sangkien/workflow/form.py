"""A form's template and an issue's body → the answers."""

from sangkien.domain import form, form_body
from sangkien.domain.errors import UsageError
from sangkien.domain.form_body import Submission


def parse(template: str, body: str) -> Submission:
    """Read the answers of an issue form; raises UsageError when the template is none."""
    try:
        fields = form.read_template(template)
    except ValueError as error:
        raise UsageError("bad-template") from error
    return form_body.parse(fields, body)
