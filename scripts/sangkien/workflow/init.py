"""Answers of a new office → its repository: the program, its registers, its pages; nothing of the kit's own office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sangkien.domain import branch_rules, kit, layout, notation
from sangkien.domain.books import Books
from sangkien.domain.diagnosis import diagnose
from sangkien.domain.finding import Finding, best_first
from sangkien.domain.notation import Document
from sangkien.domain.schema import SchemaSet
from sangkien.domain.settings import DEFAULT_BRANCH, NOT_ON_PLAN, Settings
from sangkien.domain.setup import Founding, check, levels
from sangkien.render import setup
from sangkien.render.vietnamese import ROLES
from sangkien.workflow import doctor, reading
from sangkien.workflow.ports import Files
from sangkien.workflow.sync import sync


class Kit(Files, Protocol):
    """The repository whose program is brought."""

    def plain(self, path: str) -> bytes | None: ...


class Place(Files, Protocol):
    """The new repository's folder."""

    def put(self, path: str, data: bytes) -> None: ...


class Locksmith(Protocol):
    """Keeps private keys and gives their public parts."""

    def public(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What answers are held against: their schema, and the registers of the kit."""

    schemas: SchemaSet
    answers: SchemaSet
    books: Books
    today: str

    def complete(self, said: Mapping[str, Any]) -> dict[str, Any]:
        return setup.complete(said, self.books, self.today)

    def names_of_levels(self, answers: Mapping[str, Any]) -> dict[str, str]:
        return {key: level["name"] for key, level in levels(answers, self.books).items()}


def open_desk(files: Kit, today: str) -> Desk:
    """Read the kit's schemas and registers."""
    schemas = reading.load_schemas(files)
    common = files.text("schemas/common.schema.json")
    books = reading.read_registers(files, schemas).books
    return Desk(schemas=schemas, answers=setup.schema_of_answers(common), books=books, today=today)


def judge(desk: Desk, document: Document) -> list[Finding]:
    """List everything wrong with answers, all at once."""
    found = [*document.findings, *desk.answers.check(setup.KIND, document)]
    if isinstance(document.record, dict) and not found:
        names = {key: desk.answers.label(setup.KIND, (key,)) for key in desk.answers.schemas[setup.KIND]["properties"]}
        found += check(document, desk.complete(document.record), desk.books, names | ROLES)
    return best_first(found)


def settle(desk: Desk, said: Mapping[str, Any], locksmith: Locksmith) -> Founding:
    """Complete answers that were found right; keys nobody named are made."""
    answers = desk.complete(said)
    if answers["ballots"] == "sealed" and not answers["seal"]:
        answers["seal"] = [locksmith.public(name) for name in ("ban-lam-viec.key", "chu-tich.key")]
    if answers["relay"] and not answers["contact_keys"]:
        answers["contact_keys"] = [locksmith.public("lien-he.key")]
    return Founding(answers, desk.books, desk.today, setup.record_words())


def found(source: Kit, place: Place, desk: Desk, founding: Founding) -> int:
    """Write the new repository; gives how many files it has."""
    brought = outfit(source)
    for path, data in brought.items():
        place.put(path, data)
    place.write(kit.MANIFEST, kit.manifest(brought))
    order = desk.answers.ordered(setup.KIND, dict(founding.answers))
    place.write(kit.ANSWERS, notation.write(order))
    for path, text in _records(desk.schemas, founding):
        place.write(path, text)
    place.write(f"{layout.IDEAS}/.gitkeep", "")
    for path, text in setup.pages(founding, setup.first_steps(founding)):
        place.write(path, text)
    sync(place, None, write=True)
    return sum(1 for _ in place.files(""))


def outfit(source: Kit) -> dict[str, bytes]:
    """Gather what a kit brings to any office: place → bytes. An office that founds another brings what was brought."""
    paths = [path for area in kit.AREAS for path in source.files(area, layout.REGISTER)]
    paths += [path for path in kit.single_files() if source.exists(path)]
    if source.exists(kit.MANIFEST):
        brought = kit.brought(source.text(kit.MANIFEST))
        paths = [path for path in paths if path in brought]
    made = {}
    for where, path in kit.sources(paths).items():
        data = source.plain(path)
        if data is not None:
            made[where] = kit.fitted(where, data)
    return made


def weaker(place: Files, desk: Desk, founding: Founding) -> str:
    """Tell what cannot be had with the plan chosen, as the doctor would of a repository made just so."""
    said = founding.answers
    private = said["topology"] == "closed"
    free = said["plan"] == "free"
    settings = Settings(
        repository=said["repository"],
        private=private,
        by_organization=True,
        plan="free" if free else "team",
        default_branch=DEFAULT_BRANCH,
        has_issues=True,
        merging={},
        actions={},
        workflow_rights={},
        labels={},
        rules=NOT_ON_PLAN if private and free else dict.fromkeys((DEFAULT_BRANCH, *branch_rules.SAMPLE_BRANCHES), ()),
        rulesets=(),
        environment=None,
        secrets=frozenset(),
        variables={},
        collaborators={},
        files={},
        pages=None,
    )
    wanted = doctor.wants(place, lambda text: text, desk.today)
    return setup.weaker(list(diagnose(settings, wanted)))


def _records(schemas: SchemaSet, founding: Founding) -> Iterator[tuple[str, str]]:
    for kind, key, record in founding.records():
        yield layout.path_of(kind, key), notation.write(schemas.ordered(kind, record))
