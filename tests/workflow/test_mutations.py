"""One value of a conclusion changed at a time, over all samples: the audit must see every change it can see."""

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from places import ROOT
from sangkien.adapters.git import Git
from sangkien.adapters.store import Store
from sangkien.domain.digest import record_digest
from sangkien.workflow.verify import Auditor

Path = tuple[str | int, ...]

# What a cheater who signs anew may change unseen, because no other record in the repository tells of it.
UNSEEN = (
    r"(counted|set_aside)\[\d+\]\.review_id",  # the reviews themselves stay on the forge
    r"set_aside\[\d+\]\.user_id",  # one stranger for another
    r"set_aside\[\d+\]\.reason",  # one fault of the same account for another
    r"set_aside\[\d+\]",  # a review set aside that is no longer told of
    r"(recused|abstained)\[\d+\]",  # one silent seat for another
    r"counted\[\d+\]\.seat",  # a silent seat for the last that spoke, in order still
    r"reasons",  # the council's words
    r"session",  # left out: a conclusion needs none
    r"concluded_on",  # a later day, same council, before the decision
    r"outcome",  # a stricter outcome that has its reasons
    r"pull",
)


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


def others(value: Any) -> Iterator[Any]:  # noqa: PLR0912  # one branch a kind of value
    """Give values near a value: the smallest lies."""
    if value is True or value is False:
        yield not value
    elif isinstance(value, int):
        yield value + 1
        if value:
            yield value - 1
    elif isinstance(value, list):
        if value:
            yield value[:-1]
            yield [*value, value[0]]
        else:
            yield ["ghe-1"]
    elif not isinstance(value, str):
        return
    elif re.fullmatch(r"[0-9a-f]{40,64}", value):
        yield ("0" if value[0] != "0" else "1") + value[1:]
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        yield f"{int(value[:4]) - 1}{value[4:]}"
        yield f"{value[:8]}{28 if value[8:] != '28' else 27}"
    elif re.fullmatch(r"\d+(\.\d+)?", value):
        whole, _, part = value.partition(".")
        yield f"{int(whole) + 1}.{part}" if part else str(int(whole) + 1)
        yield f"{whole}.25" if part != "25" else whole
    else:
        swaps = {
            "cong-nhan": ["bo-sung", "khong-cong-nhan"], "bo-sung": ["cong-nhan"], "khong-cong-nhan": ["bo-sung"],
            "tot": ["dat", "xuat-sac"], "dat": ["tot"], "xuat-sac": ["tot"], "ngoai-hoi-dong": ["phieu-loi", "may"],
            "phieu-loi": ["ngoai-hoi-dong", "may"], "hd-thong-nhat-2019": ["hd-dong-nai-2020"],
            "chu-tich": ["thu-ky"], "2019-1": ["2020-1"],
        }  # fmt: skip
        yield from swaps.get(value, ())
        if value.startswith("ghe-"):
            yield from (f"ghe-{n}" for n in (1, 2, 6, 7, 9) if f"ghe-{n}" != value)
        elif value.startswith("dot-"):
            yield from (other for other in ("dot-2018-1", "dot-2019-1", "dot-2019-2") if other != value)
        elif value.startswith("phien-"):
            yield "phien-2018-1" if value != "phien-2018-1" else "phien-2019-1"
        yield value + "-x"


def mutations(record: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path, value in leaves(record):
        if not path:
            continue
        changed = [*others(value)]
        if isinstance(path[-1], str):
            changed.append(None)  # left out
        for other in changed:
            mutant = copy.deepcopy(record)
            holder: Any = mutant
            for step in path[:-1]:
                holder = holder[step]
            if other is None:
                del holder[path[-1]]
            else:
                holder[path[-1]] = other
            yield path, mutant
    for key, value in (("rating", "dat"), ("session", "phien-2019-1"), ("reasons", "Vì vậy."), ("pull", 7)):
        if key not in record:
            yield (key,), record | {key: value}


def pointer(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def test_every_single_change_is_found() -> None:
    auditor = Auditor(Kept(Store(ROOT)), Git(ROOT))
    tried = {"as it was": 0, "signed anew": 0}
    missed: dict[str, list[str]] = {way: [] for way in tried}
    for folder in list(Store(ROOT).idea_folders()):
        documents = auditor.conclusions(folder)
        for place, document in enumerate(documents):
            for number, (path, mutant) in enumerate(mutations(document.record)):
                if number % 3 and path[0] in ("criteria", "roll"):
                    continue  # enough of one kind, to stay quick
                for way in tried:
                    if way == "signed anew":
                        if path == ("digest",):
                            continue
                        mutant = mutant | {"digest": record_digest(mutant)}
                    forged = [*documents]
                    forged[place] = replace(document, record=mutant)
                    tried[way] += 1
                    if not any(f.severity == "error" for f in auditor.folder(folder, forged)):
                        missed[way].append(f"{document.file} {pointer(path)}")

    assert min(tried.values()) > 1000
    assert missed["as it was"] == []
    unseen = [place for place in missed["signed anew"] if not any(re.fullmatch(p, place.split(" ")[1]) for p in UNSEEN)]
    assert unseen == []
