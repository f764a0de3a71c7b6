"""The part of the score page that the register fills: each rubric in words, and the rounds that use it.

Nothing of an idea stands on that page; what is scored comes in the link of who scores.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from sangkien.domain.ballot import plain
from sangkien.domain.register import Register
from sangkien.domain.rubric import exact
from sangkien.render.page import write
from sangkien.render.vietnamese import decimal


def parts(register: Register) -> dict[str, str]:
    """Write the sheets of every rubric in use and list the rounds, by the name of the page's mark."""
    rounds = [(shown.record, shown.rubric) for shown in register.rounds.values() if shown.rubric]
    rubrics = {rubric["id"]: rubric for _, rubric in rounds}
    listed = [
        {
            "id": record["id"],
            "name": record["name"],
            "rubric": record["rubric"],
            "ballots": record["ballots"],
            "recipients": record["seal"]["recipients"] if "seal" in record else [],
        }
        for record, _ in rounds
    ]
    return {"score": write("score.html.j2", sheets=[_sheet(rubric) for rubric in rubrics.values()], rounds=listed)}


def _sheet(rubric: Mapping[str, Any]) -> dict[str, Any]:
    criteria = [_criterion(criterion) for criterion in rubric["criteria"]]
    return {
        "id": rubric["id"],
        "name": rubric["name"],
        "total": _words(sum(criterion["max"] for criterion in criteria)),
        "pass_total": decimal(rubric["pass_total"]),
        "criteria": criteria,
    }


def _criterion(criterion: Mapping[str, Any]) -> dict[str, Any]:
    """Give one criterion; every number in hundredths, which is how the browser counts too."""
    most = exact(criterion["max_score"])
    bands = criterion.get("bands", ())
    starts = [ceil(most * band["from_percent"]) for band in bands]
    return {
        "id": criterion["id"],
        "label": criterion["label"],
        "question": criterion.get("question", ""),
        "max": int(most * 100),
        "pass": int(exact(criterion["pass_score"]) * 100),
        "most": decimal(plain(most)),
        "least": decimal(plain(exact(criterion["pass_score"]))),
        "bands": [
            {"label": band["label"], "text": band["text"], "from": start, "range": _range(start, above, most)}
            for band, start, above in zip(bands, starts, [None, *starts], strict=False)
        ],
    }


def _range(start: int, above: int | None, most: Fraction) -> str:
    if above is None:
        return f"{_words(start)} – {decimal(plain(most))}"
    return f"{_words(start)} – dưới {_words(above)}" if start else f"dưới {_words(above)}"


def _words(hundredths: int) -> str:
    return decimal(plain(Fraction(hundredths, 100)))
