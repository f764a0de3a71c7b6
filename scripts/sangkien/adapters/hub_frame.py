"""The room mkdocs builds a hub's frame in: a repository's configuration and name with the hub's own pages."""

import shutil
from importlib import resources
from pathlib import Path

from sangkien import render
from sangkien.domain import layout


def furnish(root: Path, room: Path) -> None:
    """Lay out, in a folder that does not exist, what mkdocs needs of the repository at `root`.

    The theme is this program's own, so that a hub looks as the sites do that it lists.
    """
    package = Path(str(resources.files(render)))
    shutil.copytree(package / "hub", room)
    shutil.copy(root / "mkdocs.yml", room / "site.yml")
    (room / "theme").symlink_to(package / "theme", target_is_directory=True)
    movement = layout.path_of("movement", "movement")
    (room / movement).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / movement, room / movement)
