"""A book folder of each test's own, opened before, so that a test pays for what it is about."""

import shutil
from pathlib import Path

import pytest

import kam
from tests import small_book


@pytest.fixture(scope="session")
def opened_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_book.write(tmp_path_factory.mktemp("store") / "book")
    kam.open_book(folder).close()
    return folder


@pytest.fixture
def small_folder(opened_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(opened_folder, tmp_path / "book"))
