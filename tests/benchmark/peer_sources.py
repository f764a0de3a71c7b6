"""Write the peers' sources from a generated repository.

python tests/benchmark/peer_sources.py REPO OUT FRAME [hugo] [material]     writes OUT/hugo, OUT/material
"""

import sys
from pathlib import Path

import peers_hugo
import peers_material
from peer_records import Records


def main() -> None:
    root, to, frame, *names = sys.argv[1:]
    records, pages = Records(Path(root)), Path(root) / "content"
    if "hugo" in names:
        peers_hugo.write(records, pages, Path(to) / "hugo", int(frame))
    if "material" in names:
        peers_material.write(records, pages, Path(to) / "material")


if __name__ == "__main__":
    main()
