"""Commands of the desk: form parse, intake, validate-pr, reception, sweep."""

import datetime
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import click

from sangkien.adapters.git import Git
from sangkien.adapters.github import GitHub
from sangkien.adapters.novelty import Shelf
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.sealing import Keyring
from sangkien.adapters.store import Store
from sangkien.cli.exits import FINDINGS
from sangkien.domain.errors import UsageError
from sangkien.render import answers
from sangkien.render.council import Places
from sangkien.render.messages import say
from sangkien.workflow import form as form_step
from sangkien.workflow import intake as intake_step
from sangkien.workflow import reception as reception_step
from sangkien.workflow import similar as similar_step
from sangkien.workflow import sweep as sweep_step
from sangkien.workflow import tally as tally_step
from sangkien.workflow import validate_pr as validate_pr_step
from sangkien.workflow.identity import REGISTERS, Identity
from sangkien.workflow.new import open_desk

_LOOK_BACK = datetime.timedelta(days=2)  # longer than any outage the hourly sweeps should outlive unaided
GITHUB = "https://github.com"
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


def home() -> str:
    """Give the address of the repository a workflow runs for."""
    return f"{os.environ.get('GITHUB_SERVER_URL', GITHUB)}/{os.environ.get('GITHUB_REPOSITORY', '')}"


def today(store: Store) -> str:
    """Give the day it is where the movement is."""
    return datetime.datetime.now(open_desk(store).zone).date().isoformat()


@click.command()
@click.option("--issue", type=int, help="The issue to take; without it every form no run has finished.")
@click.pass_context
def intake(ctx: click.Context, issue: int | None) -> None:
    """Take a form filled in on the forge: records on a branch, a pull request, one word back.

    Reads GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and DEFAULT_BRANCH from the environment.
    """
    step = _intake(ctx.obj())
    _told({at: step.take(at) for at in ([issue] if issue else step.waiting(_lately()))}, "intake")


@click.command("validate-pr")
@click.option("--pull", type=int, help="The pull request; without it every one nobody has judged.")
@click.option("--issue", type=int, help="The issue whose pull requests are meant.")
@click.pass_context
def validate_pr(ctx: click.Context, pull: int | None, issue: int | None) -> None:
    """Check a pull request as data, set its statuses and write one comment.

    Reads GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and SCORE_PAGE from the environment.
    """
    if pull and issue:
        raise UsageError("which-pull")
    step = gatekeeper(ctx.obj())
    for verdict in step.judge_issue(issue) if issue else map(step.judge, [pull] if pull else step.waiting()):
        click.echo(say("validate-pr-result", number=verdict.number, count=len(verdict.errors)))


@click.command()
@click.option("--number", type=int, help="The pull request or issue with the comment; without it all of them.")
@click.pass_context
def reception(ctx: click.Context, number: int | None) -> None:
    """Carry out the secretaries' /tiep-nhan and /tra-lai.

    Reads GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL from the environment.
    """
    step = _reception(ctx.obj())
    _told({at: step.attend(at) for at in ([number] if number else step.waiting(_lately()))}, "reception")


@click.command()
@click.pass_context
def sweep(ctx: click.Context) -> None:
    """Take up whatever any run left undone: forms, pull requests nobody judged, orders not carried out.

    Reads what the three steps read from the environment.
    """
    store: Store = ctx.obj()
    done = sweep_step.sweep(_intake(store), gatekeeper(store), _reception(store), _lately())
    counted = _teller(store).sweep()
    _told(done.intake, "intake")
    for verdict in done.verdicts.values():
        click.echo(say("validate-pr-result", number=verdict.number, count=len(verdict.errors)))
    _told(done.reception, "reception")
    _tell_counted(counted)
    if done.troubles:
        raise done.troubles[0]


def _lately() -> str:
    """Give the moment since which what seems finished is looked at again."""
    return (datetime.datetime.now(datetime.UTC) - _LOOK_BACK).strftime("%Y-%m-%dT%H:%M:%SZ")


def _intake(store: Store) -> intake_step.Intake:
    return intake_step.Intake(forge(), store, Pool(1), Git(store.root).head(), today(store))


def gatekeeper(store: Store) -> validate_pr_step.Gatekeeper:
    """Give what reads pull requests as data."""
    kept = Parcels(store.root), Identity(store, Git(store.root), REGISTERS)
    return validate_pr_step.Gatekeeper(forge(), store, Pool(1), neighbours(store), score_page(store), kept)


def _reception(store: Store) -> reception_step.Reception:
    return reception_step.Reception(forge(), store, today(store))


def desk_tally(store: Store, number: int | None) -> None:
    """Count everything before the council, tell what came of it, and have published what became public."""
    done = _teller(store).sweep(number)
    _tell_counted(done)


def _tell_counted(done: tally_step.Counted) -> None:
    _told(done.results, "council")
    publish = os.environ.get("PUBLISH", "")
    if publish and "concluded" in done.results.values():
        forge().start(publish)  # a merge by the workflow's own token wakes nothing
    if done.troubles:
        raise done.troubles[0]


def _teller(store: Store) -> tally_step.Teller:
    gate = gatekeeper(store)
    places = Places(home=home(), score_page=score_page(store))
    keys = Keyring(os.environ.get("BALLOT_KEYS", ""))
    return tally_step.Teller(forge(), store, keys, gate.findings, places, today(store))


def _told(results: Mapping[int, str], step: str) -> None:
    """Say what came of each; never a word of a form's own, since a log reads some words as orders."""
    for number, result in results.items():
        click.echo(say(f"{step}-result", number=number, result=say(f"{step}-{result}")))


def neighbours(store: Store) -> validate_pr_step.Near:
    """Give the way to look for earlier ideas; the index is opened when first needed."""

    @cache
    def base() -> similar_step.Base:
        set_aside = similar_step.set_aside_in(store)
        shelf = Shelf(store.root / ".cache" / "novelty")
        return similar_step.open_base(store, Git(store.root), shelf, Pool(os.cpu_count() or 1), set_aside, clean=True)

    return lambda idea, others: similar_step.near_idea(base(), idea, others)


def score_page(store: Store) -> str:
    """Give the score page's address with this repository in its fragment; empty while the site has no address."""
    movement = open_desk(store).books.movement
    site = movement.get("site_url", "") if movement else ""
    page = os.environ.get("SCORE_PAGE") or (f"{site}cham-diem/" if site else "")
    server = os.environ.get("GITHUB_SERVER_URL", GITHUB)
    about = {"kho": os.environ.get("GITHUB_REPOSITORY", "")} | ({"may-chu": server} if server != GITHUB else {})
    return f"{page}#{urlencode(about)}" if page else ""


COMMANDS: dict[str, click.Command] = {
    "form": form,
    "intake": intake,
    "validate-pr": validate_pr,
    "reception": reception,
    "sweep": sweep,
}
