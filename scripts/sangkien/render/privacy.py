"""The words in which the office is told of requests, consents and contacts: ids and figures, never a name."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

from sangkien.domain.consents import Audit
from sangkien.domain.records import DataRequestRecord
from sangkien.domain.schema import SchemaSet
from sangkien.domain.terms import Due
from sangkien.render.vietnamese import day as day_in_words


@cache
def words() -> dict[str, Any]:
    """Read the words, which stand beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("privacy_vi.toml").read_text(encoding="utf-8"))


def told(part: str, key: str, **params: object) -> str:
    """Give one sentence of a part."""
    return str(words()[part][key]).format(**params)


def request(record: DataRequestRecord, due: Due | None, schemas: SchemaSet, *, overdue: bool) -> str:
    """Tell a request in one line, with the step it waits for."""
    params = {
        "id": record["id"],
        "kind": schemas.choices(schemas.at("data_request", ("kind",)))[record["kind"]].lower(),
        "people": ", ".join(record["people"]),
        "received": day_in_words(record["received_on"]),
    }
    if "closed" in record:
        return told("requests", "closed", **params)
    if due is None:
        return told("requests", "no_term", **params)
    note = "" if due.confirmed else told("requests", "unconfirmed")
    if "extension" in record and due.step == "lam-xong":
        note = told("requests", "extended", days=record["extension"]["days"]) + note
    mark = f"{told('requests', 'overdue')} · " if overdue else ""
    step = words()["requests"]["steps"][due.step]
    return told("requests", "item", mark=mark, step=step, due=day_in_words(due.on), note=note, **params)


def asked(record: DataRequestRecord, due: Due | None, *, overdue: bool) -> str:
    """Tell of a request that stands on the forge alone, named by its number."""
    mark = f"{told('requests', 'overdue')} · " if overdue else ""
    until = day_in_words(due.on) if due else "…"
    return told(
        "requests", "asked", mark=mark, id=record["id"], received=day_in_words(record["received_on"]), due=until
    )


def audit(found: Audit) -> str:
    """Tell who is shown with what consent: figures, and ids where something is to be done."""
    said = words()["consents"]
    lines = [f"{said['shown']}:"]
    counts = [(said[key], count) for key, count in found.shown.items()]
    lines += [f"  {said['figure'].format(what=what, count=count)}" for what, count in counts]
    for key in ("errors", "outdated", "minors", "unproven", "unthanked"):
        if ids := getattr(found, key):
            lines += ["", f"{said[key].format(count=len(ids), years=found.years)}:", *_in_rows(ids)]
    return "\n".join(lines if len(lines) > 1 + len(counts) else [*lines, "", said["fine"]])


def _in_rows(ids: Sequence[str], most: int = 6) -> Iterator[str]:
    for start in range(0, len(ids), most):
        yield "  " + " ".join(ids[start : start + most])
