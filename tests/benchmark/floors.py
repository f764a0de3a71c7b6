"""How quickly the same bytes can be written at all: `cp -r` of the site, and one process that writes file after file.

python tests/benchmark/floors.py SITE OUT     writes as many files of the same sizes, and prints the seconds
"""

import shutil
import sys
import time
from pathlib import Path

import ground
import measure
import weight


def copied(site: Path, out: Path) -> measure.Run:
    """Copy a site with `cp -r`."""
    shutil.rmtree(out, ignore_errors=True)
    return measure.run(("cp", "-r", site, out))


def written(site: Path, out: Path) -> measure.Run:
    """Write files of the same paths and sizes in one process; what to write is at hand before the clock starts."""
    shutil.rmtree(out, ignore_errors=True)
    command = (sys.executable, ground.HERE / "floors.py", site, out)
    done = measure.run(command, environment=ground.environment())
    return measure.Run(seconds=float(done.output), rss=done.rss)


def main() -> None:
    site, out = Path(sys.argv[1]), Path(sys.argv[2])
    wanted = [(str(out / path), size) for path, size in weight.files(site)]
    folders = dict.fromkeys(path.rpartition("/")[0] for path, _ in wanted)
    bytes_ = memoryview(b"x" * max((size for _, size in wanted), default=0))
    start = time.perf_counter()
    for folder in folders:
        Path(folder).mkdir(parents=True, exist_ok=True)
    for path, size in wanted:
        with Path(path).open("wb", buffering=0) as file:
            file.write(bytes_[:size])
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
