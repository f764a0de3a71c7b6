"""The command line: options in, one step called, exit code out."""

import sys
from importlib import import_module
from pathlib import Path

import click

from sangkien import __version__
from sangkien.adapters.store import Store, find_root
from sangkien.cli.exits import OUTSIDE, USAGE
from sangkien.domain.errors import OutsideError, UsageError
from sangkien.render.messages import say

# The module of each command, which is loaded when it is called for: none waits for what only others need.
COMMANDS = {
    "validate": "records",
    "explain": "records",
    "new": "records",
    "fmt": "records",
    "form": "desk",
    "intake": "desk",
    "validate-pr": "desk",
    "reception": "desk",
    "sweep": "desk",
    "revisit": "revisit",
    "doctor": "doctor",
    "ballot": "counting",
    "tally": "counting",
    "conclude": "counting",
    "verify": "counting",
    "nominate": "nominate",
    "letter": "letter",
    "evaluate": "evaluate",
    "publish": "site",
    "export": "site",
    "report": "report",
    "hub": "hub",
    "paper": "paper",
    "board": "packet",
    "demo": "demo",
    "init": "init",
    "upgrade": "upgrade",
    "migrate": "upgrade",
    "handover": "handover",
    "sync": "house",
    "similar": "novelty",
    "relay": "relay",
    "erase": "erase",
    "requests": "privacy",
    "contact": "privacy",
    "held": "privacy",
    "consents": "privacy",
    "import": "importing",
    "due": "reporting",
    "draft": "reporting",
}


class Group(click.Group):
    """A group that turns the program's own errors into one sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click asks
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as click asks
        module = COMMANDS.get(cmd_name)
        return import_module(f"sangkien.cli.{module}").COMMANDS[cmd_name] if module else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `--root` wherever it stands, before or after the command."""
        first: list[str] = []
        rest: list[str] = []
        waiting = iter(args)
        for word in waiting:
            if word == "--":
                rest += [word, *waiting]
            elif word == "--root":
                first += [word, *([following] if (following := next(waiting, None)) is not None else [])]
            else:
                (first if word.startswith("--root=") else rest).append(word)
        return super().parse_args(ctx, first + rest)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            click.echo(say(error.key, **error.params), err=True)
            ctx.exit(USAGE)
        except OutsideError as error:
            click.echo(say("outside-failed", system=error.system, text=error.text), err=True)
            ctx.exit(OUTSIDE)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sangkien")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The repository; by default it is looked for upwards from here.",
)
@click.pass_context
def main(ctx: click.Context, root: Path | None) -> None:
    """Honour a movement's good ideas, with Git as the only database.

    Every command may run twice with the same result. Exit codes: 0 fine, 1 something to mend,
    2 wrong use, 3 an outside system failed.
    """
    # Looked for only when a command asks, so that `ballot parse` works anywhere.
    ctx.obj = lambda *, bare=False: Store(find_root((root or Path.cwd()).resolve(), bare=bare))


# A pipe closed early (`sangkien … | head`) or an old terminal must not end in a traceback.
for stream in (sys.stdout, sys.stderr):
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
