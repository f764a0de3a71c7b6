"""One value of a conclusion changed at a time, over all samples: the audit must see every change it can see."""

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

import pytest

from places import ROOT
from sangkien.adapters.git import Git
from sangkien.adapters.store import Store
from sangkien.domain.digest import record_digest
from sangkien.domain.finding import Location
from sangkien.workflow.verify import Auditor

Path = tuple[str | int, ...]

# What a cheater who signs anew may change unseen, because no other record in the repository tells of it.
UNSEEN = (
    r"(counted|set_aside)\[\d+\]\.review_id=\d+",  # the reviews themselves stay on the forge
    r"set_aside\[\d+\]\.user_id=(\d+|None)",  # one stranger for another
    r"set_aside\[\d+\]\.reason=.*",  # one fault of the same account for another
    r"set_aside=\[.*\]",  # a review set aside is no longer told of
    r"(recused|abstained)\[\d+\]=ghe-\d",  # one silent seat for another
    r"counted\[\d+\]\.seat=ghe-\d",  # a silent seat for one that spoke, in order still
    r"reasons=.*",  # the council's words
    r"counted\[\d+\]\.verdict=(bo-sung|khong-cong-nhan)",  # one way of not recognising for another
    r"session=None",  # a conclusion needs none
    r"concluded_on=\d{4}-\d\d-2[78]",  # another day, same council, between session and decision
    r"outcome=(bo-sung|khong-cong-nhan)",  # a stricter outcome that has its reasons
    r"pull=.*",
)
STRIDE = 15  # one change in so many, another one for each conclusion; 1 tries them all


class Kept:
    """The repository's files, each read once; the tests change records only in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.read, self.text, self.exists = cache(store.read), cache(store.text), cache(store.exists)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def leaves(value: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield at, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from leaves(inner, (*at, key))


SWAPS = {
    "cong-nhan": ["bo-sung", "khong-cong-nhan"], "bo-sung": ["cong-nhan"], "khong-cong-nhan": ["bo-sung"],
    "tot": ["dat", "xuat-sac"], "dat": ["tot"], "xuat-sac": ["tot"], "ngoai-hoi-dong": ["phieu-loi", "may"],
    "phieu-loi": ["ngoai-hoi-dong", "may"], "hd-thong-nhat-2019": ["hd-dong-nai-2020"], "chu-tich": ["thu-ky"],
    "phien-2019-1": ["phien-2018-1"], "dot-2019-1": ["dot-2018-1", "dot-2019-2"], "dot-2018-1": ["dot-2019-1"],
}  # fmt: skip


def others(value: Any) -> list[Any]:
    """Give values near a value: the smallest lies."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, max(value - 1, 0)] if value else [1]
    if isinstance(value, list):
        return [value[:-1], [*value, value[0]]] if value else [["ghe-1"]]
    return words(value) if isinstance(value, str) else []


def words(value: str) -> list[Any]:
    if re.fullmatch(r"[0-9a-f]{40,64}", value):
        return [("0" if value[0] != "0" else "1") + value[1:]]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return [f"{int(value[:4]) - 1}{value[4:]}", f"{value[:8]}{28 if value[8:] != '28' else 27}"]
    if re.fullmatch(r"\d+(\.\d+)?", value):
        whole, _, part = value.partition(".")
        return [f"{int(whole) + 1}.{part}" if part else str(int(whole) + 1), f"{whole}.25" if part != "25" else whole]
    seats = [f"ghe-{n}" for n in (1, 2, 6, 7, 9)] if value.startswith("ghe-") else []
    return [other for other in (*SWAPS.get(value, ()), *seats, f"{value}-x") if other != value]


def changes(record: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Give every value near one of a record's, with its place; None leaves it out."""
    for path, value in leaves(record):
        yield from ((path, other) for other in (others(value) if path else ()))
        if path and isinstance(path[-1], str):
            yield path, None
    added = (("rating", "dat"), ("session", "phien-2019-1"), ("reasons", "Vì vậy."), ("pull", 7))
    yield from (((key,), value) for key, value in added if key not in record)


def changed(record: dict[str, Any], path: Path, other: Any) -> dict[str, Any]:
    mutant = copy.deepcopy(record)
    holder: Any = mutant
    for step in path[:-1]:
        holder = holder[step]
    if other is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = other
    return mutant


@pytest.mark.long
def test_every_single_change_is_found() -> None:
    auditor = Auditor(Kept(Store(ROOT)), Git(ROOT))
    tried = 0
    missed, unsigned = [], []
    folders = [(folder, auditor.conclusions(folder)) for folder in Store(ROOT).idea_folders()]
    looks = [(folder, beside, place) for folder, beside in folders for place in range(len(beside))]

    def is_found(name: str, mutant: dict[str, Any]) -> bool:
        forged = [*beside]
        forged[place] = replace(beside[place], record=mutant)
        # Without the blob it names nothing can be compared, which is told as a hint.
        return any(f.severity == "error" or name.startswith("idea_blob=") for f in auditor.folder(folder, forged))

    for start, (folder, beside, place) in enumerate(looks):  # noqa: B007  # is_found reads the folder
        for path, other in islice(changes(beside[place].record), start % STRIDE, None, STRIDE):
            tried += 1
            name, mutant = f"{Location(path=path).pointer}={other}", changed(beside[place].record, path, other)
            if not is_found(name, mutant):
                unsigned.append(name)
            if not name.startswith("digest=") and not is_found(name, mutant | {"digest": record_digest(mutant)}):
                missed.append(name)

    assert tried > 1000
    assert unsigned == []
    assert [name for name in missed if not any(re.fullmatch(pattern, name) for pattern in UNSEEN)] == []
