"""Commands of the desk: form parse, intake, validate-pr, reception."""

import datetime
import os
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import click

from sangkien.adapters.git import Git
from sangkien.adapters.github import GitHub
from sangkien.adapters.novelty import Shelf
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.cli.exits import FINDINGS
from sangkien.domain.errors import UsageError
from sangkien.render import answers
from sangkien.render.messages import say
from sangkien.workflow import form as form_step
from sangkien.workflow import intake as intake_step
from sangkien.workflow import reception as reception_step
from sangkien.workflow import similar as similar_step
from sangkien.workflow import validate_pr as validate_pr_step
from sangkien.workflow.new import open_desk

_LOOK_BACK = datetime.timedelta(days=2)  # longer than any outage the hourly sweeps should outlive unaided
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


def lately() -> str:
    """Give the moment since which a sweep looks again at what seems finished."""
    moment = datetime.datetime.now(datetime.UTC) - _LOOK_BACK
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@click.command()
@click.option("--issue", type=int, help="The issue to take; without it every open form, and what was left undone.")
@click.pass_context
def intake(ctx: click.Context, issue: int | None) -> None:
    """Take forms filled in on the forge: records on a branch, a pull request, one word back.

    Reads GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and DEFAULT_BRANCH from the environment.
    """
    store: Store = ctx.obj()
    step = intake_step.Intake(forge(), store, Pool(1), Git(store.root).head(), today(store))
    results = step.sweep(lately()) if issue is None else {issue: step.take(issue)}
    for number, result in results.items():  # never a word of the form's own: a log reads some words as orders
        click.echo(say("intake-result", number=number, result=say(f"intake-{result}")))


def neighbours(store: Store) -> validate_pr_step.Near:
    """Give the way to look for earlier ideas; the index is opened when first needed."""

    @cache
    def base() -> similar_step.Base:
        set_aside = similar_step.set_aside_in(store)
        shelf = Shelf(store.root / ".cache" / "novelty")
        return similar_step.open_base(store, Git(store.root), shelf, Pool(os.cpu_count() or 1), set_aside)

    return lambda idea, others: similar_step.near_idea(base(), idea, others)


def score_page(store: Store) -> str:
    """Give the score page's address with this repository in its fragment; empty while the site has no address."""
    movement = open_desk(store).books.movement
    site = movement.get("site_url", "") if movement else ""
    page = os.environ.get("SCORE_PAGE") or (f"{site}cham-diem/" if site else "")
    return f"{page}#{urlencode({'kho': os.environ.get('GITHUB_REPOSITORY', '')})}" if page else ""


@click.command("validate-pr")
@click.option("--pull", type=int, help="The pull request; without it every open one.")
@click.option("--issue", type=int, help="The issue whose pull request it is.")
@click.pass_context
def validate_pr(ctx: click.Context, pull: int | None, issue: int | None) -> None:
    """Check a pull request as data, set its statuses and write one comment.

    Reads GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and SCORE_PAGE from the environment.
    """
    store: Store = ctx.obj()
    step = validate_pr_step.Gatekeeper(forge(), store, Pool(1), neighbours(store), score_page(store))
    verdicts = [step.judge(pull)] if pull else step.judge_issue(issue) if issue else step.sweep()
    for verdict in verdicts:
        click.echo(say("validate-pr-result", number=verdict.number, count=len(verdict.errors)))


@click.command()
@click.option("--number", type=int, help="The pull request or issue with the comment; without it all open ones.")
@click.pass_context
def reception(ctx: click.Context, number: int | None) -> None:
    """Carry out the secretaries' /tiep-nhan and /tra-lai.

    Reads GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL from the environment.
    """
    store: Store = ctx.obj()
    step = reception_step.Reception(forge(), store, today(store))
    for at, result in (step.sweep(lately()) if number is None else {number: step.attend(number)}).items():
        click.echo(say("reception-result", number=at, result=say(f"reception-{result}")))


COMMANDS: tuple[click.Command, ...] = (form, intake, validate_pr, reception)
