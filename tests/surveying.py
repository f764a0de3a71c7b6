"""A repository in a folder, read as the site reads it."""

from pathlib import Path

from sangkien.adapters.bundles import Bundles
from sangkien.adapters.git import Git
from sangkien.adapters.parcels import Parcels
from sangkien.adapters.pool import Pool
from sangkien.adapters.store import Store
from sangkien.workflow.survey import Survey


def surveyed(root: Path, processes: int = 1) -> Survey:
    """Read a repository."""
    return Survey(Store(root), Git(root), Parcels(root), Bundles(root), Pool(processes))
