"""Refusals, in the words GitHub uses."""

from typing import Any

Detail = dict[str, Any] | str


class Refusal(Exception):  # noqa: N818  (an answer of the API, not a failure of the hub)
    """An answer other than success; the server turns it into JSON."""

    def __init__(
        self, status: int, message: str, errors: list[Detail] | None = None, headers: dict[str, str] | None = None
    ):
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.headers = headers or {}


def not_found() -> Refusal:
    """Say that there is nothing here, or nothing this viewer may know of."""
    return Refusal(404, "Not Found")


def invalid(resource: str, field: str, code: str, message: str = "") -> Refusal:
    """Refuse one field of the input with its code."""
    detail = {"resource": resource, "field": field, "code": code}
    return Refusal(422, "Validation Failed", [detail | ({"message": message} if message else {})])


def custom(resource: str, message: str, field: str = "") -> Refusal:
    """Refuse the input for a reason told in words."""
    detail = {"resource": resource, "code": "custom", "message": message}
    return Refusal(422, "Validation Failed", [detail | ({"field": field} if field else {})])
