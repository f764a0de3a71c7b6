"""The public register as data: what `sangkien verify --against` later compares with."""

import json
from typing import Any

from sangkien.domain.publicness import Recognition
from sangkien.domain.register import Register
from sangkien.domain.views import Idea

ADDRESS = "du-lieu/register.json"


def register_json(register: Register) -> bytes:
    """Write every public idea with the digests of the conclusions that made it so, by code."""
    ideas = sorted((*register.ideas, *register.notices), key=lambda idea: idea.code)
    text = json.dumps({"version": 1, "ideas": [_idea(idea) for idea in ideas]}, ensure_ascii=False, indent=1)
    # Valid JSON either way; so it stays text even where someone pastes it into a page.
    return (text.replace("<", "\\u003c") + "\n").encode()


def _idea(idea: Idea) -> dict[str, Any]:
    record = idea.record
    told: dict[str, Any] = {key: record[key] for key in ("code", "kind", "title", "content", "field", "unit")}
    if "sample" in record:
        told["sample"] = True
    return told | {
        "address": idea.address,
        "revoked": not idea.stands,
        "conclusions": [_conclusion(recognition) for recognition in (*idea.recognitions, *idea.revoked)],
    }


def _conclusion(recognition: Recognition) -> dict[str, Any]:
    conclusion = recognition.conclusion
    told: dict[str, Any] = {"council": conclusion["council"], "number": conclusion["number"]}
    if recognition.decision:
        told["decision"] = recognition.decision["id"]
    if "rating" in conclusion:
        told["rating"] = conclusion["rating"]
    return told | {"recognised_on": recognition.on, "digest": conclusion["digest"]}
