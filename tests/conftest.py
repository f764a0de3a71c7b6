"""Shared fixtures: the small valid repository, copied fresh for each test that changes it."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from places import ROOT, VALID
from sangkien.adapters.store import Store
from sangkien.domain.schema import SchemaSet
from sangkien.workflow.reading import load_schemas

# How long an example takes is no assertion; CI tries the same examples each time, so that a failure is the change's.
settings.register_profile(
    "here", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what talks to a hub, so that the quick tests can run alone."""
    for item in items:
        if {"desk", "localhub"} & set(item.path.relative_to(ROOT).parts):
            item.add_marker("hub")


@pytest.fixture(scope="session")
def schemas() -> SchemaSet:
    return load_schemas(Store(ROOT))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Give a writable copy of the small valid repository, with the project's schemas."""
    root = tmp_path / "repository"
    shutil.copytree(VALID, root)
    shutil.copytree(ROOT / "schemas", root / "schemas")
    return root
