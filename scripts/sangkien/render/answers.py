"""Answers of a form told to a program and to a person."""

import json

from sangkien.domain.form import Box
from sangkien.domain.form_body import Submission
from sangkien.render.messages import message, say
from sangkien.render.reporters import row


def as_json(submission: Submission) -> str:
    """Give the answers and findings as contract §5 has them."""
    answers = {
        key: [{"label": b.label, "checked": b.checked} if isinstance(b, Box) else b for b in answer]
        if isinstance(answer, list)
        else answer
        for key, answer in submission.answers.items()
    }
    findings = [row(finding) for finding in submission.findings]
    return json.dumps({"answers": answers, "findings": findings}, ensure_ascii=False, indent=1)


def as_text(submission: Submission) -> str:
    """Give each answer under its key, then what is to be mended."""
    lines = []
    for key, answer in submission.answers.items():
        said = (
            answer
            if isinstance(answer, str)
            else ", ".join(
                (f"[{'x' if b.checked else ' '}] {b.label}" if isinstance(b, Box) else b) for b in answer or ()
            )
        )
        lines.append(f"{key}: {said or say('none')}")
    lines += [f"{f.code.value}: {message(f).sentence}" for f in submission.findings]
    return "\n".join(lines)
