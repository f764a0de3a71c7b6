"""The house rules that no linter knows."""

import ast
import re
import string
import tomllib
import unicodedata
from importlib import import_module
from pathlib import Path

import click
import pytest
import yaml

from places import ROOT
from sangkien.cli import COMMANDS, main
from sangkien.domain.finding import Code
from sangkien.render.messages import catalogue

PACKAGE = ROOT / "scripts" / "sangkien"
MODULES = sorted(PACKAGE.rglob("*.py"))
# The letter tables themselves.
LETTER_TABLES = {"domain/text.py", "domain/search_terms.py", "domain/rules/privacy.py"}


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    return {name: command for name in main.list_commands(context) if (command := main.get_command(context, name))}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_vietnamese_stands_in_render_alone(module: Path) -> None:
    name = module.relative_to(PACKAGE).as_posix()
    if name.startswith("render/") or name in LETTER_TABLES:
        return
    tree = ast.parse(module.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    marked = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        if any(c > "\u007f" and unicodedata.name(c, "").startswith("LATIN") for c in node.value)
    ]
    assert marked == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_short_and_well_named(module: Path) -> None:
    assert module.stem not in {"utils", "helpers", "common", "manager"}
    if module.name != "records.py":
        assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def test_print_is_used_nowhere() -> None:
    for module in MODULES:
        assert not re.search(r"^\s*print\(", module.read_text(encoding="utf-8"), re.MULTILINE), module


def test_every_code_has_sentence_cure_and_example() -> None:
    told = {code: entry for code, entry in catalogue().items() if code not in ("say", "types", "values")}

    assert sorted(told) == sorted(code.value for code in Code)
    for entry in told.values():
        assert set(entry) - {"cure_without_choices"} == {"sentence", "cure", "example"}
        assert all(entry.values())


def test_catalogue_places_are_plain_names() -> None:
    for entry in catalogue().values():
        for text in entry.values():
            places = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
            assert all(re.fullmatch(r"[a-z_]+", place) for place in places), text


def test_catalogue_is_nfc() -> None:
    text = (PACKAGE / "render" / "messages_vi.toml").read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert tomllib.loads(text)


def test_every_command_is_found_where_it_is_said_to_be() -> None:
    given = {name for module in set(COMMANDS.values()) for name in import_module(f"sangkien.cli.{module}").COMMANDS}

    assert set(commands()) == set(COMMANDS) == given
    assert all(command.name == name for name, command in commands().items())


def test_every_command_explains_itself() -> None:
    for name, command in commands().items():
        assert command.help, name
        assert command.help.isascii() or "→" in command.help, name
        assert command.help.splitlines()[0].endswith("."), name


def test_one_word_a_step() -> None:
    """A workflow file, where there is one, is named like a command; a command like its module."""
    files = {path.stem for path in (ROOT / ".github" / "workflows").glob("*.yml")} - {
        "ci",
        "ping",
    }  # the latter only wakes another
    # `import` is a word of Python's own, so that its module bears a line after it.
    steps = {path.stem.rstrip("_").replace("_", "-") for path in (PACKAGE / "workflow").glob("*.py")}
    # A repository's files and a pull request are validated by the same rules, the latter fetched as data.
    named = {"validate": "validate-pr"}

    assert {named.get(file, file) for file in files} <= set(commands())
    assert {named.get(file, file) for file in files} <= steps
    assert set(commands()) - {"explain", "demo"} <= steps


def test_readme_names_only_commands_that_are() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    for name in re.findall(r"`sangkien ([a-z]+)", text):
        assert name in commands(), name


REQUIREMENTS = sorted(path.name for path in ROOT.glob("requirements*.txt"))


def test_no_machine_path_or_registry_host_is_committed() -> None:
    hosts = re.compile(r"files\.pythonhosted|pypi\.org|registry\.npmjs|--index-url|--find-links")
    for name in (*REQUIREMENTS, "Makefile", "pyproject.toml"):
        assert not hosts.search((ROOT / name).read_text(encoding="utf-8")), name


def test_requirements_carry_hashes() -> None:
    for name in REQUIREMENTS:
        pins = re.split(r"\n(?=[a-z])", (ROOT / name).read_text(encoding="utf-8"))[1:]
        assert all("--hash=sha256:" in pin for pin in pins), name


PAGES = [p for p in sorted((ROOT / "content").rglob("*.md")) if "register" not in p.parts]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT / "content").as_posix())
def test_a_written_page_s_head_is_read(page: Path) -> None:
    """MkDocs shows a head it cannot read as text, and says nothing."""
    _, head, _ = page.read_text(encoding="utf-8").split("---\n", 2)
    record = yaml.safe_load(head)

    assert {"title"} <= set(record)
    assert all(isinstance(value, str) and value for key, value in record.items() if key in ("title", "description"))
