"""GitHub's own description of its answers and events, and what a body has against it."""

import json
import re
from typing import Any

from extract_openapi import TARGET
from openapi_schema_validator import OAS30Validator

DOCUMENT: dict[str, Any] = json.loads(TARGET.read_text(encoding="utf-8"))

# Faults of the description itself: where, what the validator says of it, why GitHub's answers are right.
KNOWN_FAULTS = (
    (r"", "'installation' is a required property", "an event names an installation only when an app listens"),
    (r"(\d+/)?(state_reason|start_side|status)", "None is not one of", "a nullable enumeration forgets to list null"),
    (
        r"\d+/labels/\d+/description",
        "None",
        "only in lists of pull requests a label is said to have a description always",
    ),
)


def faults(schema: dict[str, Any], data: Any) -> list[str]:
    """List what the schema forbids in a body, without the known faults of the schema itself."""
    found = []
    for error in OAS30Validator({"allOf": [schema], "components": DOCUMENT["components"]}).iter_errors(data):
        place = "/".join(map(str, error.absolute_path))
        if any(re.fullmatch(where, place) and what in error.message for where, what, _ in KNOWN_FAULTS):
            continue
        deep = error.context[0] if error.context else error
        found.append(f"at {place}: {error.message[:200]} ({deep.message[:200]})")
    return found


def event_schema(event: str, action: str | None) -> dict[str, Any] | None:
    """Find the schema of an event's body."""
    name = event.replace("_", "-")
    names = [f"{name}-{action}", name] if event != "repository_dispatch" else [f"{name}-sample.collected"]
    for one in names:
        if one in DOCUMENT["x-webhooks"]:
            body = DOCUMENT["x-webhooks"][one]["post"]["requestBody"]["content"]["application/json"]
            schema: dict[str, Any] = body["schema"]
            return schema
    return None
