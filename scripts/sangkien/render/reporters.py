"""Findings told in four ways: for a terminal, a program, GitHub's annotations, a comment."""

import json
from collections.abc import Iterable

from sangkien.domain.finding import Finding
from sangkien.render.messages import message, say


def as_text(findings: Iterable[Finding], checked: int) -> str:
    """Tell findings in a terminal, file by file, with the count at the end."""
    findings = list(findings)
    lines: list[str] = []
    file = None
    for finding in findings:
        if finding.where.file != file:
            file = finding.where.file
            lines += ["", file]
        words = message(finding)
        at = f"{finding.where.line}:{finding.where.column}" if finding.where.line else ""
        pointer = f" [{finding.where.pointer}]" if finding.where.path else ""
        lines.append(f"  {at:>7}  {say(finding.severity)} {finding.code.value}{pointer}: {words.sentence}")
        lines.append(f"           {say('cure')}: {words.cure}")
    lines += ["", count(findings, checked)]
    return "\n".join(lines).lstrip("\n")


def count(findings: Iterable[Finding], checked: int) -> str:
    """Say how many records were seen and how many findings there are."""
    findings = list(findings)
    hints = sum(finding.severity == "hint" for finding in findings)
    if not findings:
        return say("all-fine", checked=checked)
    return say("to-mend", checked=checked, errors=len(findings) - hints, hints=hints)


def as_json(findings: Iterable[Finding], checked: int) -> str:
    """Tell findings to a program (contract §5)."""
    return json.dumps({"findings": [row(f) for f in findings], "checked": checked}, ensure_ascii=False, indent=1)


def row(finding: Finding) -> dict[str, str | int]:
    """Give one finding as the JSON outputs hold it."""
    words = message(finding)
    return {
        "code": finding.code.value,
        "severity": finding.severity,
        "file": finding.where.file,
        "line": finding.where.line,
        "column": finding.where.column,
        "path": finding.where.pointer,
        "message": words.sentence,
        "cure": words.cure,
    }


def as_annotations(findings: Iterable[Finding], checked: int) -> str:
    """Tell findings as GitHub workflow commands, which show beside the lines of a pull request."""
    findings = list(findings)
    lines = []
    for finding in findings:
        words = message(finding)
        level = "error" if finding.severity == "error" else "notice"
        where = f"file={_property(finding.where.file)},line={max(finding.where.line, 1)}"
        title = _property(f"{say(finding.severity)} {finding.code.value}")
        text = _data(f"{words.sentence}\n{say('cure')}: {words.cure}")
        lines.append(f"::{level} {where},title={title}::{text}")
    return "\n".join([*lines, count(findings, checked)])


def as_markdown(findings: Iterable[Finding], checked: int) -> str:
    """Tell findings in a comment, one block each, user text kept as text."""
    findings = list(findings)
    lines = [f"**{count(findings, checked)}**", ""]
    for number, finding in enumerate(findings, 1):
        words = message(finding)
        at = f"`{finding.where.file}`" + (f", {finding.where.line}" if finding.where.line else "")
        lines += [
            f"{number}. {at}: {_plain(words.sentence)}",
            f"   {say('cure')}: {_plain(words.cure)}",
        ]
    return "\n".join(lines).rstrip()


FORMATS = {"text": as_text, "json": as_json, "github": as_annotations, "markdown": as_markdown}

_MARKDOWN = {ord(c): f"\\{c}" for c in "\\`*_{}[]<>#|~@"}


def _plain(text: str) -> str:
    return text.translate(_MARKDOWN)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
