"""The command that hides or erases a person, and looks for what is left."""

import datetime
import os
import shutil
from pathlib import Path

import click

from sangkien.adapters.git_memory import GitMemory
from sangkien.adapters.github_talk import GitHubTalk
from sangkien.adapters.room import empty
from sangkien.adapters.store import Store
from sangkien.cli.desk import EXISTING
from sangkien.cli.exits import FINDINGS
from sangkien.cli.nominate import is_in_git
from sangkien.cli.privacy import day_of
from sangkien.domain import address, layout
from sangkien.domain.errors import UsageError
from sangkien.domain.traces import Search
from sangkien.render import erasure as written
from sangkien.render.privacy import told
from sangkien.workflow import erase as erase_step
from sangkien.workflow.erase import Looker
from sangkien.workflow.held import Holder

_COMMITTED = (f"{layout.IDEAS}/", "content/")


@click.command()
@click.argument("people", nargs=-1, metavar="[PERSON]...")
@click.option("--code", help="The author of this idea, where it has but one.")
@click.option("--withdraw-consent", "how", flag_value="withdraw", help="Only hide the name; the record stays.")
@click.option("--noindex", "how", flag_value="noindex", help="Only keep search engines off the pages with the name.")
@click.option("--check", is_flag=True, help="Change nothing; look for what is left. Exit code 1 while something is.")
@click.option("--names", type=EXISTING, help="A file outside the repository with names to look for, one a line.")
@click.option("--forge", is_flag=True, help="Look on GitHub too (GITHUB_REPOSITORY, GITHUB_TOKEN).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A folder outside git for the checklist.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if not given.")
@click.pass_context
def erase(
    ctx: click.Context,
    people: tuple[str, ...],
    code: str | None,
    how: str | None,
    check: bool,  # noqa: FBT001  # click passes flags by name
    names: Path | None,
    forge: bool,  # noqa: FBT001  # the same
    out: Path | None,
    day: datetime.datetime | None,
) -> None:
    """Erase a person's name, contact and consents from their record, and list where else the name may stand.

    Touches the person's record alone, so that nothing that was scored changes. With --out a folder gets the checklist
    and the commands that clean git's memory; it is never committed.
    """
    if (out and is_in_git(out)) or (names and is_in_git(names.parent)):
        raise UsageError("erase-in-git")
    store: Store = ctx.obj(bare=check)
    bare = not (store.root / layout.REGISTER).is_dir()
    holder = None if bare else Holder(store)
    if code and holder:
        people = (*people, *_author(holder, code))
    if not people:
        raise UsageError("erase-whom")
    on = datetime.date.today().isoformat() if bare and not day else day_of(store, day)  # noqa: DTZ011  # no zone told
    memory = GitMemory(store.root)
    extra = names.read_text(encoding="utf-8").split("\n") if names else []
    # The name is told by the record itself as long as it stands there, so it is read before it goes.
    lookers = [Looker(memory, key, [*extra, *(_name(holder, key) if holder else [])]) for key in people]
    if not check and holder:
        _change(store, holder, people, on, how or "erase")
    if how:
        return
    talk = _talk() if forge else None
    left, in_tree = 0, 0
    for looker in lookers:
        search = looker.look(store if holder else None, talk)
        click.echo("\n".join(written.summary(search)))
        left += len(search.left) + (not search.whole)
        in_tree += sum(trace.path.startswith(_COMMITTED) for trace in search.of("work-tree"))
        if out:
            page, remote = _page(holder, looker.person), memory.remote()
            folder = _write(out, search, looker, on, asked=forge, page=page, remote=remote)
            click.echo(told("erase", "checklist_written", path=folder))
    if not forge:
        click.echo(told("erase", "forge_not_asked"))
    if in_tree:  # the gate knows the name no more, so it would let these pass
        click.echo(told("erase", "in_tree", count=in_tree))
    ctx.exit(FINDINGS if in_tree or (check and left) else 0)


def _author(holder: Holder, code: str) -> list[str]:
    authors = holder.authors(code)
    if len(authors) > 1:
        raise UsageError("erase-several", code=code, people=", ".join(authors))
    return authors


def _change(store: Store, holder: Holder, people: tuple[str, ...], day: str, how: str) -> None:
    """Rewrite the records, tell what was done, and forget what was kept of them for the next build."""
    holdings = holder.held(people)
    changed = erase_step.change(store, holder, people, day, how)
    empty(store.root)
    for holding in holdings[: len(people)]:
        key = how if holding.path in changed else "already"
        click.echo(told("erase", key, person=holding.record["id"]))
        if how == "erase" and holding.record["kind"] == "tap-the":
            click.echo(told("erase", "collective", person=holding.record["id"]))
    for path in changed:
        click.echo(f"  {path}")
    click.echo("\n".join(written.touched(people, holdings, holder.pictures(holdings))))
    if changed:
        click.echo(told("erase", "next"))


def _talk() -> GitHubTalk:
    missing = [name for name in ("GITHUB_REPOSITORY", "GITHUB_TOKEN") if not os.environ.get(name)]
    if missing:
        raise UsageError("no-forge", names=", ".join(missing))
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    return GitHubTalk(os.environ["GITHUB_REPOSITORY"], os.environ["GITHUB_TOKEN"], api)


def _name(holder: Holder, person: str) -> list[str]:
    record = holder.person(person)
    return [record["name"]] if record.get("kind") == "ca-nhan" else []


def _page(holder: Holder | None, person: str) -> str:
    """Give the address of the page somebody had."""
    movement = holder.books.movement if holder else None
    site = movement.get("site_url", "") if movement else ""
    return f"{site or '/'}{address.person(holder.person(person)) if holder else f'{address.PEOPLE}{person}/'}"


def _write(out: Path, search: Search, looker: Looker, day: str, *, asked: bool, page: str, remote: str) -> Path:
    """Write checklist, commands and clean texts into a folder of the person's own, in the place of earlier ones."""
    folder = out / search.person
    rewriting = looker.rewriting(search, day)
    shutil.rmtree(folder, ignore_errors=True)
    texts = {
        written.CHECKLIST: written.checklist(
            search, day=day, remote=remote, folder=str(folder), page=page, asked=asked, rewriting=rewriting
        )
    }
    data: dict[str, bytes] = {}
    if not rewriting.is_empty:
        texts |= {written.SCRIPT: written.script(rewriting), **written.callbacks(rewriting)}
        data = {f"{written.BLOBS}/{key}": text for key, text in rewriting.blobs.items()}
        data |= {f"{written.MESSAGES}/{key}": text for key, text in rewriting.messages.items()}
    for name, content in (data | {name: text.encode() for name, text in texts.items()}).items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


COMMANDS: dict[str, click.Command] = {"erase": erase}
