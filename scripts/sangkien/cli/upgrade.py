"""Commands that bring a newer kit into an office's repository: upgrade, migrate."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from sangkien.adapters.git_work import Workbench
from sangkien.adapters.other_program import OtherProgram
from sangkien.adapters.store import Store
from sangkien.cli.desk import forge
from sangkien.cli.exits import FINDINGS
from sangkien.domain.errors import UsageError
from sangkien.domain.migrations import MIGRATIONS
from sangkien.render import upgrading
from sangkien.render.upgrading import say
from sangkien.workflow import migrate as migrate_step
from sangkien.workflow import upgrade as upgrade_step


@click.command()
@click.option("--from", "source", required=True, help="The newer kit: a folder, or the address of a git repository.")
@click.option("--tag", default="", help="Which of its versions, where the kit is fetched; the newest if not given.")
@click.option("--replace", is_flag=True, help="Take the kit's version of program files that were changed here too.")
@click.pass_context
def upgrade(ctx: click.Context, source: str, tag: str, replace: bool) -> None:  # noqa: FBT001  # click passes flags by name
    """Bring a newer kit's program files, on a branch `upgrade/<version>` and as a pull request.

    Records and pages of the office stay, but for records whose version is old: the new program rewrites those, and
    regenerates what is made from them. Without GITHUB_TOKEN and GITHUB_REPOSITORY the commands to send it are printed.
    """
    store: Store = ctx.obj()
    bench = Workbench(store.root)
    with TemporaryDirectory(prefix="sangkien-upgrade-") as folder:
        room = Path(folder)
        newer = _fetched(source, tag, room / "kit")
        branch = f"upgrade/{upgrade_step.version_of(newer)}"
        with _aside(bench, room / "place") as work:
            place = Store(work.root)
            plan = upgrade_step.plan(newer, place)
            if not plan.is_needed:
                click.echo(say("fresh", version=plan.version))
                return
            if plan.change.edited and not replace:
                click.echo(upgrading.stop(plan.change))
                ctx.exit(FINDINGS)
            upgrade_step.carry_out(place, plan)
            program = OtherProgram(work.root, room / "venv", store.root)
            program.run("migrate")
            program.run("sync")
            summary = upgrading.body(plan.version, plan.change)
            work.commit(f"{upgrading.title(plan.version)}\n\n{summary}")
            bench.name(branch, work)
    done = len(plan.change.write) + len(plan.change.edited)
    click.echo(say("done", branch=branch, written=done, removed=len(plan.change.remove)))
    if os.environ.get("GITHUB_TOKEN") and os.environ.get("GITHUB_REPOSITORY"):
        bench.push(branch)
        click.echo(say("opened", number=upgrade_step.propose(forge(), branch, plan)))
    else:
        click.echo(say("next", branch=branch, title=upgrading.title(plan.version), summary=summary.replace("`", "")))


def _fetched(source: str, tag: str, room: Path) -> Store:
    """Give the kit's files: where they stand, or fetched; raises UsageError where there is no kit."""
    place = Path(source)
    if not place.is_dir() or tag:
        room.mkdir()
        Workbench(room).clone(str(place.absolute()) if place.is_dir() else source, tag)
        place = room
    if not (place / upgrade_step.VERSION_FILE).is_file():
        raise UsageError("upgrade-no-kit", path=source)
    return Store(place.absolute())


@contextmanager
def _aside(bench: Workbench, place: Path) -> Iterator[Workbench]:
    """Work where nobody else does, on the last commit."""
    work = bench.aside(place)
    try:
        yield work
    finally:
        bench.put_away(place)


@click.command()
@click.pass_context
def migrate(ctx: click.Context) -> None:
    """Rewrite records of an older version as this program's version wants them; what was scored stays."""
    store: Store = ctx.obj()
    changed = migrate_step.migrate(store, MIGRATIONS)
    click.echo("\n".join(say("migrated", path=path) for path in changed) or say("migrated_none"))


COMMANDS: dict[str, click.Command] = {"upgrade": upgrade, "migrate": migrate}
