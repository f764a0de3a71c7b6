"""Commands of the desk: form parse, intake."""

import datetime
import os
from pathlib import Path

import click

from sangkien.adapters.git import Git
from sangkien.adapters.github import GitHub
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli.exits import FINDINGS
from sangkien.domain.errors import UsageError
from sangkien.render import answers
from sangkien.render.messages import say
from sangkien.workflow import form as form_step
from sangkien.workflow import intake as intake_step
from sangkien.workflow.new import open_desk

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def form() -> None:
    """Read issue forms."""


@form.command("parse")
@click.argument("body", type=EXISTING)
@click.option("--template", type=EXISTING, required=True, help="The issue form's YAML file.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def parse(ctx: click.Context, body: Path, template: Path, style: str) -> None:
    """Read the answers of a form out of an issue's body; exit code 1 when something is to be mended."""
    texts = [path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff") for path in (template, body)]
    submission = form_step.parse(*texts)
    click.echo(answers.as_json(submission) if style == "json" else answers.as_text(submission))
    ctx.exit(FINDINGS if submission.findings else 0)


def forge() -> GitHub:
    """Reach the repository a workflow runs for; raises UsageError where none is named."""
    missing = [name for name in ("GITHUB_REPOSITORY", "GITHUB_TOKEN") if not os.environ.get(name)]
    if missing:
        raise UsageError("no-forge", names=", ".join(missing))
    return GitHub(
        os.environ["GITHUB_REPOSITORY"],
        os.environ["GITHUB_TOKEN"],
        os.environ.get("GITHUB_API_URL", "https://api.github.com"),
        base=os.environ.get("DEFAULT_BRANCH", ""),
    )


def today(store: Store) -> str:
    """Give the day it is where the movement is."""
    return datetime.datetime.now(open_desk(store).zone).date().isoformat()


@click.command()
@click.option("--issue", type=int, help="The issue to take; without it every open form, and what was left undone.")
@click.pass_context
def intake(ctx: click.Context, issue: int | None) -> None:
    """Take forms filled in on the forge: records on a branch, a pull request, one word back.

    Reads GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and DEFAULT_BRANCH from the environment.
    """
    store: Store = ctx.obj()
    step = intake_step.Intake(forge(), store, Pool(1), Git(store.root).head(), today(store))
    results = step.sweep() if issue is None else {issue: step.take(issue)}
    for number, result in results.items():  # never a word of the form's own: a log reads some words as orders
        click.echo(say("intake-result", number=number, result=say(f"intake-{result}")))


COMMANDS: tuple[click.Command, ...] = (form, intake)
