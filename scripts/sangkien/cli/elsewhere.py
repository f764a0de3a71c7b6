"""The site's way to where it is shown: a folder, or a branch of a repository; nothing else may stand there."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sangkien.adapters.object_store import ObjectStore
from sangkien.adapters.showcase import Showcase
from sangkien.adapters.site_folder import SiteFolder, Successor
from sangkien.adapters.store import Store
from sangkien.domain import address, layout, showcase
from sangkien.domain.errors import UsageError
from sangkien.render import telling
from sangkien.workflow import showcase as showcase_step


class Elsewhere:
    """Where `--to` leads, looked at before anything is built; `folder` takes the site."""

    def __init__(self, target: str, branch: str, *, adopt: bool, place: Path, files: Store | ObjectStore) -> None:
        movement: Any = files.read(layout.path_of("movement", "movement")).record
        self._movement: Mapping[str, Any] = movement if isinstance(movement, dict) else {}
        self._showcase: Showcase | None = None
        if showcase.is_address(target) or _is_repository(Path(target)):
            room = place / "elsewhere"
            room.mkdir()
            branch = branch or str(self._movement.get("public_branch", showcase.BRANCH))
            self._showcase = Showcase(target, branch, room, files.root)
            has_domain = bool(address.own_domain(self._movement))
            self._held = showcase_step.look(self._showcase, adopt=adopt, has_domain=has_domain)
            self.folder = SiteFolder(room / "site")
        else:
            out = Path(target).resolve()
            if out == files.root or out in files.root.parents or not (_is_ours(out) or (adopt and out.is_dir())):
                raise UsageError("showcase-of-others")
            self.folder = Successor(out)

    @property
    def site_url(self) -> str:
        """The address the site will have; without the environment's SITE_URL the one in the data."""
        given = os.environ.get("SITE_URL") or str(self._movement.get("site_url", ""))
        return address.of_site(self._movement, given)

    def finish(self) -> str:
        """Bring the site there; gives what is to be said of it."""
        for path, data in showcase.BESIDE.items():
            self.folder.put(path, data)
        if self._showcase is None:
            if isinstance(self.folder, Successor):
                self.folder.take_place()
            return telling.SHOWN
        done = showcase_step.hand_over(self._showcase, self._held, self.folder.root, telling.SITE_COMMIT)
        if not done.sent:
            return telling.SHOWN_ALREADY
        return f"{telling.SHOWN}\n{telling.LINGERS}" if done.lingers else telling.SHOWN

    def clear(self) -> None:
        """Remove what did not take its place."""
        if isinstance(self.folder, Successor):
            self.folder.clear()


def _is_repository(path: Path) -> bool:
    return (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "objects").is_dir())


def _is_ours(out: Path) -> bool:
    if not out.is_dir():
        return not out.exists()
    return not any(out.iterdir()) or (out / showcase.MARKER).is_file()
