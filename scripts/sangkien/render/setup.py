"""What a new office's repository says before anybody wrote in it: defaults, pages, the first steps on the forge."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import urlsplit

from sangkien.domain import address
from sangkien.domain.books import Books
from sangkien.domain.schema import SchemaSet
from sangkien.domain.settings import Check
from sangkien.domain.setup import Founding, levels
from sangkien.render import doctor, vietnamese
from sangkien.render.written_page import written_page

KIND = "answers"  # the name of the answers' schema in a set
_TEMPLATE = ".j2"


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside the templates."""
    return tomllib.loads(_folder().joinpath("setup_vi.toml").read_text(encoding="utf-8"))


def schema_of_answers(common: str) -> SchemaSet:
    """Give the schema of answers, beside the kit's common definitions."""
    own = _folder().joinpath("answers.schema.json").read_text(encoding="utf-8")
    return SchemaSet({"common.schema.json": common, "answers.schema.json": own})


def complete(said: Mapping[str, Any], kit: Books, today: str) -> dict[str, Any]:
    """Put what stands where nobody answered; what a default builds on is answered or put before it."""
    given = words()["defaults"]
    full: dict[str, Any] = {"levels": [], "name": given["name"], "level": given["level"], **said}
    level = levels(full, kit).get(full["level"], {"name": "", "group": ""})
    place = f"{level['name']} {full['name']}".strip()
    is_place = level["group"] == "dia-ban"

    def put(key: str, value: Any) -> None:
        full.setdefault(key, value.format_map(full | {"place": place}) if isinstance(value, str) else value)

    put("since", f"{today[:4]}-01-01")
    put("parents", [])
    put("organiser", given["organiser_place"] if is_place else vietnamese.capital(place))
    for key in ("intake", "repository", "council", "site_title", "site_description"):
        put(key, given[key])
    movement = kit.movement if is_place and kit.movement else None
    put("movement", movement["name"] if movement else given["movement"])
    put("short_name", movement["short_name"] if movement else given["short_name"])
    for key, value in (("topology", "closed"), ("plan", "free"), ("hosting", "github-pages")):
        put(key, value)
    owner, _, name = full["repository"].partition("/")
    put("site_repository", f"{owner}/trang-{name}" if _is_closed_free(full) else full["repository"])
    site_owner, _, site = full["site_repository"].lower().partition("/")
    put("address", f"https://{site_owner}.github.io/{site}/")
    put("time_zone", kit.movement["time_zone"] if kit.movement else "Asia/Ho_Chi_Minh")
    for key in ("contents", "fields", "criteria", "seal", "contact_keys"):
        put(key, [])
    put("legal_bases", "keep")
    put("seats", given["seats"])
    put("opens_on", max(today, full["since"]))
    year, month = int(full["opens_on"][:4]), full["opens_on"][5:7]
    put("closes_on", f"{year}-12-31" if month < "07" else f"{year + 1}-06-30")
    full.setdefault("round", given["round"].format(year=full["opens_on"][:4]))
    for key, value in (("ballots", "sealed"), ("publish", "on-decision"), ("relay", "")):
        put(key, value)
    return full


def record_words() -> Mapping[str, str]:
    """Give what records say that nobody was asked for."""
    return dict(words()["records"])


def pages(founding: Founding, steps: str) -> Iterator[tuple[str, str]]:
    """Write the pages that are the office's own from the first day: path, text."""
    movement, rubric, contents = founding.movement(), founding.rubric(), founding.contents()
    held_back = movement.get("clearance_contents", [])
    values = {
        **founding.answers,
        "today": founding.today,
        "place": place_of(founding),
        "is_place": founding.is_place,
        "folk": words()["folk"]["place" if founding.is_place else "other"],
        "contents": sorted(contents, key=lambda content: content["order"]),
        "held_back": [content for content in contents if content["id"] in held_back],
        "criteria": rubric["criteria"],
        "pass_total": rubric["pass_total"],
        "steps": steps,
    }
    for path, source in _templates(_folder().joinpath("pages"), ""):
        yield path.removesuffix(_TEMPLATE), written_page(source, values)


def place_of(founding: Founding) -> str:
    """Name the office's place with its level."""
    level = levels(founding.answers, founding.kit)[founding.answers["level"]]
    return f"{level['name']} {founding.answers['name']}"


def first_steps(founding: Founding) -> str:
    """Tell what is to be done on the forge, step by step, with the real names."""
    said, movement = founding.answers, founding.movement()
    domain = address.own_domain(movement)
    facts = {said["topology"], said["plan"], "pages" if said["hosting"] == "github-pages" else "server"}
    facts |= {"closed-free"} if _is_closed_free(said) else set()
    facts |= {key for key, holds in (("domain", domain), ("relay", said["relay"])) if holds}
    facts |= {"sealed"} if said["ballots"] == "sealed" else set()
    values = {
        **said,
        "owner": said["repository"].partition("/")[0],
        "site_owner": said["site_repository"].partition("/")[0].lower(),
        "domain": domain or urlsplit(said["address"]).hostname,
        "council_id": founding.council()["id"],
    }
    told = [
        step
        for step in words()["steps"]
        if facts.issuperset(step.get("only", ())) and facts.isdisjoint(step.get("not", ()))
    ]
    return "\n\n".join(
        f"### {number}. {step['title']}\n\n{step['text'].strip().format_map(values)}"
        for number, step in enumerate(told, 1)
    )


def weaker(checks: list[Check]) -> str:
    """Tell what cannot be had on the forge with the plan chosen; empty where nothing is weaker."""
    rows = [f"- {doctor.sentence(check)}" for check in checks if check.state == "weaker"]
    return "\n".join([words()["say"]["weaker"], *rows]) if rows else ""


def say(key: str, **params: object) -> str:
    """Give one of the sentences `sangkien init` says."""
    return str(words()["say"][key]).format_map(params)


def _is_closed_free(answers: Mapping[str, Any]) -> bool:
    return (answers["topology"], answers["plan"]) == ("closed", "free")


def _folder() -> Traversable:
    return resources.files(__package__).joinpath("init")


def _templates(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _templates(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(_TEMPLATE):
            yield f"{path}{entry.name}", entry.read_text(encoding="utf-8")
