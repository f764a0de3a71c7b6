"""The command that looks at a repository's settings: doctor."""

import json
import os

import click

from sangkien.adapters.git import Git
from sangkien.adapters.github_settings import GitHubSettings
from sangkien.adapters.store import Store
from sangkien.cli.desk import today
from sangkien.cli.exits import FINDINGS
from sangkien.domain.errors import UsageError
from sangkien.render import doctor as told
from sangkien.workflow import doctor as doctor_step


def _environment(*names: str) -> list[str]:
    lacking = [name for name in names if not os.environ.get(name)]
    if lacking:
        raise UsageError("no-forge", names=", ".join(lacking))
    return [os.environ[name] for name in names]


def board() -> GitHubSettings:
    """Reach the settings of the repository named in the environment; raises UsageError where none is named."""
    repository, token = _environment("GITHUB_REPOSITORY", "GITHUB_TOKEN")
    return GitHubSettings(repository, token, os.environ.get("GITHUB_API_URL", "https://api.github.com"))


def _print_app(ctx: click.Context, _: click.Parameter, form: str | None) -> None:
    if form is None or ctx.resilient_parsing:
        return
    (repository,) = _environment("GITHUB_REPOSITORY")
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
    if form == "html":
        click.echo(told.manifest_page(repository, server))
    else:
        click.echo(json.dumps(told.manifest(repository, server), ensure_ascii=False, indent=2))
    ctx.exit()


@click.command()
@click.option("--fix", is_flag=True, help="Mend what the API allows; never loosens anything.")
@click.option("--format", "form", type=click.Choice(sorted(told.FORMATS)), default="text", show_default=True)
@click.option(
    "--app-manifest",
    type=click.Choice(["json", "html"]),
    is_flag=False,
    flag_value="json",
    expose_value=False,
    is_eager=True,
    callback=_print_app,
    help="Only print the GitHub App's manifest, or a page with a button that hands it to GitHub.",
)
@click.pass_context
def doctor(ctx: click.Context, fix: bool, form: str) -> None:  # noqa: FBT001  # click passes flags by name
    """Check the repository's settings on the forge; exit code 1 when something is missing.

    Reads GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL from the environment. The token is a person's who
    administers the repository; what it may not read is told as unknown.
    """
    store: Store = ctx.obj()
    step = doctor_step.mend if fix else doctor_step.examine
    report = step(board(), store, Git(store.root).blob_id, today(store))
    click.echo(
        told.FORMATS[form](report.settings, report.wanted.topology, report.checks, report.changed, report.refused)
    )
    ctx.exit(FINDINGS if any(check.state == "missing" for check in report.checks) else 0)


COMMANDS: dict[str, click.Command] = {"doctor": doctor}
