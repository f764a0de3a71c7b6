"""Commands of the house: keep generated files in step with the schemas."""

import click

from sangkien.adapters import codegen
from sangkien.adapters.store import Store
from sangkien.cli.exits import FINDINGS
from sangkien.render.messages import say
from sangkien.workflow import sync as sync_step


@click.command()
@click.option("--check", is_flag=True, help="Only compare; exit 1 when a file is out of date.")
@click.pass_context
def sync(ctx: click.Context, check: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Generate record types, editor settings, forms and the field table from the schemas and registers.

    Record types are the kit's: they are left as they are where their generator, a development tool, is not installed.
    """
    store: Store = ctx.obj()
    stale = sync_step.sync(store, codegen.record_types if codegen.is_there() else None, write=not check)
    for path in stale:
        click.echo(say("sync-stale" if check else "sync-written", path=path))
    if not stale:
        click.echo(say("sync-fresh"))
    ctx.exit(FINDINGS if check and stale else 0)


COMMANDS: dict[str, click.Command] = {"sync": sync}
