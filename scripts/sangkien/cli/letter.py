"""The command that drafts letters to authors."""

from pathlib import Path

import click

from sangkien.adapters.store import Store
from sangkien.cli.desk import neighbours
from sangkien.cli.nominate import is_in_git
from sangkien.domain.errors import UsageError
from sangkien.render.messages import say
from sangkien.workflow import letter as letter_step


@click.command()
@click.argument("codes", nargs=-1)
@click.option("--session", help="Every idea on a session's table.")
@click.option("--decision", help="Every idea a decision names.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A folder for one file each.")
@click.option("--with-names", is_flag=True, help="Address the authors by name; the folder must lie outside git.")
@click.pass_context
def letter(
    ctx: click.Context,
    codes: tuple[str, ...],
    session: str | None,
    decision: str | None,
    out: Path | None,
    with_names: bool,  # noqa: FBT001  # click passes flags by name
) -> None:
    """Draft a letter to the authors of ideas the council has concluded on, for the secretary to read and send."""
    if with_names and (out is None or is_in_git(out)):
        raise UsageError("letter-in-git")
    store: Store = ctx.obj()
    step = letter_step.Letters(store, neighbours(store))
    wanted = [
        *codes,
        *(step.of_session(session) if session else ()),
        *(step.of_decision(decision) if decision else ()),
    ]
    if not wanted:
        raise UsageError("letter-whose")
    written = 0
    for code, text in step.write(list(dict.fromkeys(wanted)), with_names=with_names):
        written += 1
        if out is None:
            click.echo(text)
            continue
        out.mkdir(parents=True, exist_ok=True)
        (out / f"thu-{code.lower()}.md").write_text(text, encoding="utf-8")
    if out is not None or not written:
        click.echo(say("letters-written", count=written))


COMMANDS: dict[str, click.Command] = {"letter": letter}
