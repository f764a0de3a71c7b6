"""The command that lists the places to be asked anew: revisit."""

import datetime

import click

from sangkien.cli.desk import forge, home
from sangkien.cli.records import day_in
from sangkien.render import revisit as said
from sangkien.render.messages import say
from sangkien.workflow import revisit as revisit_step


@click.command()
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if not given.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--desk", is_flag=True, help="Bring the desk's one issue about it to what is due.")
@click.pass_context
def revisit(
    ctx: click.Context,
    day: datetime.datetime | None,
    style: str,
    desk: bool,  # noqa: FBT001  # click passes flags by name
) -> None:
    """List the places that took an idea up and are to be asked what became of it, months after.

    With --desk GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL and GITHUB_SERVER_URL are read from the environment.
    """
    step = revisit_step.Revisits(ctx.obj())
    on = day.date().isoformat() if day else day_in(step.books)
    if desk:
        click.echo(say(f"revisit-{revisit_step.tell(forge(), step, on, home())}"))
        return
    visits = step.due(on)
    click.echo(said.as_json(visits) if style == "json" else said.text(visits, step.names))


COMMANDS: dict[str, click.Command] = {"revisit": revisit}
