"""Everything we say about speed, memory and bytes, measured against peers in one run on the same invented records.

    make bench [BENCH="--sizes 1000 --repeats 1"]

Prints tables in Markdown and keeps them, with every turn, in `tests/benchmark/results/`. A turn does ours cold, ours
warm, ours with one idea changed, each peer and each floor, one after the other, so that what slows the machine slows
them alike; turns are repeated and the median counts. Cold is without what was kept of the records; prints and
pictures, kept by the digest of what is on them, are there in both, and their stage is told apart. `--million` adds
1,000,000; `--all-peers` runs mkdocs-material and Pagefind beyond 10,000 too, where they take many minutes and
gigabytes.
"""

import argparse
import datetime
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ground
import machine
import measure
import peers
import report
import rounds
import tables

RESULTS = Path(__file__).resolve().parent / "results"
SIZES = (1_000, 10_000, 100_000)
_SLOW_PEERS = 10_000  # ideas, beyond which they are run only when asked for
_EACH = 90_000  # bytes to have at hand for one idea: its records and five sites, in blocks of 4 KiB


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[*SIZES])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--million", action="store_true", help="add 1,000,000")
    parser.add_argument("--all-peers", action="store_true", help="run the slow peers beyond 10,000 too")
    parser.add_argument("--patience", type=float, default=1800, help="seconds after which Hugo is stopped")
    parser.add_argument("--keep", type=Path, help="keep generated repositories here, for the next run")
    parser.add_argument("--room", type=Path, help="write here, instead of to memory where there is room")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to keep what was found")
    given = parser.parse_args(words)
    given.sizes = sorted({*given.sizes, *([1_000_000] if given.million else ())})
    return given


def bench(given: argparse.Namespace, today: datetime.date) -> dict[str, Any]:
    """Measure every size and give all that was found."""
    parent = measure.room_for(_EACH * max(given.sizes), given.room)
    sizes: dict[int, dict[str, Any]] = {}
    for count in given.sizes:
        plan = rounds.Plan(
            count=count,
            seed=given.seed,
            repeats=given.repeats,
            patience=given.patience,
            every_peer=given.all_peers or count <= _SLOW_PEERS,
        )
        with tempfile.TemporaryDirectory(dir=parent, prefix="sangkien-bench-") as room:
            sizes[count] = rounds.measured(plan, given.keep or Path(room), Path(room))
    return told(sizes, parent, given.seed, today)


def told(sizes: Mapping[int, report.Size], place: Path, seed: int, today: datetime.date) -> dict[str, Any]:
    """Say when, on what and with what the sizes were measured."""
    versions = {name: peers.version(name, peers.program(name)) for name in ("hugo", "pagefind")}
    return {
        "date": today.isoformat(),
        "machine": machine.machine(memory_files=measure.is_in_memory(place)),
        "seed": seed,
        "generator": ground.digest(seed),
        "peers": versions | {"mkdocs-material": peers.version("mkdocs-material")},
        "settings": rounds.settings(),
        "sizes": {str(count): size for count, size in sizes.items()},
    }


def main() -> None:
    given = arguments()
    found = bench(given, datetime.datetime.now(datetime.UTC).date())
    text = tables.whole(found)
    print(text)
    given.results.mkdir(parents=True, exist_ok=True)
    name = f"{found['date']}-{machine.class_of(found['machine'])}"
    (given.results / f"{name}.json").write_text(
        json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (given.results / f"{name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
