"""The command that makes another office's repository: init."""

import datetime
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from sangkien.adapters.git_work import Workbench
from sangkien.adapters.pool import Pool
from sangkien.adapters.sealing import KeyFolder
from sangkien.adapters.store import Store
from sangkien.cli.exits import FINDINGS
from sangkien.domain import notation
from sangkien.domain.errors import UsageError
from sangkien.domain.notation import Document
from sangkien.render import setup
from sangkien.render.interview import Interview
from sangkien.render.reporters import as_text
from sangkien.render.setup_talk import ask_all
from sangkien.workflow import init as init_step
from sangkien.workflow import validate as validate_step

_SAID = "answers.yml"  # the name of answers that stand in no file


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--answers", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Answers in a YAML file.")
@click.option("--set", "options", multiple=True, metavar="KEY=VALUE", help="One answer; a list as YAML: seats='[…]'.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of founding; today if not given.")
@click.option("--keys", type=click.Path(path_type=Path), help="Where private keys go; by default beside FOLDER.")
@click.pass_context
def init(
    ctx: click.Context,
    folder: Path,
    answers: Path | None,
    options: tuple[str, ...],
    day: datetime.datetime | None,
    keys: Path | None,
) -> None:
    """Make a repository in FOLDER for another commune, school, company or province.

    Asks a few questions in Vietnamese, each with a default and a reason; with --answers or --set it asks nothing, and
    defaults stand for what is not said. The same answers and day give the same bytes. Ends with the first steps on
    the forge; the same stand in the new README.md.
    """
    kit: Store = ctx.obj()
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("init-not-empty", path=folder)
    locks = KeyFolder((keys or folder.with_name(f"{folder.name}-khoa")).absolute())
    if locks.folder == folder or folder in locks.folder.parents:
        raise UsageError("init-keys-inside", path=locks.folder)
    today = (day or datetime.datetime.now(tz=datetime.UTC).astimezone()).date().isoformat()
    desk = init_step.open_desk(kit, today)
    document = _said(answers, options)
    if not answers and not options:
        document = _asked(desk, {})
    if findings := init_step.judge(desk, document):
        click.echo(as_text(findings, 1))
        ctx.exit(FINDINGS)
    founding = init_step.settle(desk, document.record, locks)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}.") as room:
        place = Store(Path(room))
        count = init_step.found(kit, place, desk, founding)
        report = validate_step.validate(place, Pool(1))
        if report.errors:
            click.echo(as_text(report.findings, report.checked))
            ctx.exit(FINDINGS)
        weaker = init_step.weaker(place, desk, founding)
        Workbench(place.root).found("main", today, setup.say("commit"))
        folder.mkdir(exist_ok=True)
        for entry in place.root.iterdir():
            entry.rename(folder / entry.name)
    click.echo(setup.say("made", path=folder, count=count))
    if locks.made:
        click.echo(setup.say("keys", path=locks.folder, names=", ".join(locks.made)))
    for told in (weaker, setup.first_steps(founding)):
        if told:
            click.echo(f"\n{told}")


def _asked(desk: init_step.Desk, said: dict[str, Any], only: Collection[str] = ()) -> Document:
    """Ask at the keyboard; what does not go together is asked again."""
    talk = Interview(ask=lambda words: str(click.prompt(words, default="", show_default=False)), tell=click.echo)
    record = ask_all(talk, desk.answers, said, desk.complete, desk.names_of_levels, only)
    document = Document(file=_SAID, record=record, text=notation.write(record))
    findings = init_step.judge(desk, document)
    if not findings:
        return document
    click.echo(as_text(findings, 1))
    wrong = {str(finding.where.path[0]) for finding in findings}
    return _asked(desk, {key: answer for key, answer in record.items() if key not in wrong}, wrong)


def _said(file: Path | None, options: tuple[str, ...]) -> Document:
    """Read answers from a file and from options, which go first."""
    document = notation.parse(file.read_bytes(), str(file)) if file else Document(file=_SAID, record={})
    if not options or not isinstance(document.record, dict):
        return document
    record: dict[str, Any] = dict(document.record)
    for option in options:
        key, equals, value = option.partition("=")
        read = notation.parse(f"value: {value}".encode())
        if not equals or read.findings:
            raise UsageError("init-option", word=option)
        record[key.strip()] = read.record["value"] if value else ""
    return Document(file=document.file, record=record, text=notation.write(record))


COMMANDS: dict[str, click.Command] = {"init": init}
