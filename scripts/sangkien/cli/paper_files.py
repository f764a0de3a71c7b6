"""Papers as files: filled into Word templates, made into PDF where that is asked for, or printed; and hints on them."""

from collections.abc import Iterable, Sequence
from typing import Literal

import click

from sangkien.adapters import office_suite, word
from sangkien.adapters.store import Store
from sangkien.adapters.workshop import Workshop
from sangkien.domain.errors import UsageError
from sangkien.domain.finding import Finding, best_first
from sangkien.render.messages import message, say
from sangkien.render.papers.frame import Paper
from sangkien.render.sheets import Sheet
from sangkien.workflow import paper as paper_step

Form = Literal["docx", "pdf"]


def filled(store: Store, papers: Iterable[Paper], form: Form) -> dict[str, bytes]:
    """Fill papers into their templates; gives the files by name. Raises UsageError where a PDF cannot be made here."""
    if form == "pdf" and office_suite.program() is None:
        raise UsageError("paper-no-suite")
    made = {one.name: word.fill(store.root / paper_step.template(store, one), one.values) for one in papers}
    ready = office_suite.as_pdf(made) if form == "pdf" and made else made
    return {f"{name}.{form}": data for name, data in ready.items()}


def printed(store: Store, sheets: Iterable[tuple[str, Sheet]]) -> dict[str, bytes]:
    """Print sheets; gives the files by name."""
    return {f"{name}.pdf": data for name, data in Workshop(store.root).press.print(sheets)}


def warn(findings: Sequence[Finding]) -> None:
    """Say what is to be known of papers that are made all the same."""
    told = [(finding.code.value, message(finding)) for finding in best_first([*findings])]
    for line in dict.fromkeys(f"{say('hint')} {code}: {said.sentence} {said.cure}" for code, said in told):
        click.echo(line, err=True)
