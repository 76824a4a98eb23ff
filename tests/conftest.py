"""What all tests share: hypothesis without a clock, and on CI without chance; and books that are loaded once in a run.

On CI a red run can so be run again. Temporary files stand in memory where there is room for them.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.prepared import remembering

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

_MEMORY = Path("/dev/shm")  # noqa: S108 - a place, in which every file gets a name of its own
_ROOM = 4 << 30
_PREPARED = "KAM_TESTS_PREPARED"  # where the processes of one run keep the books that were loaded

if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def pytest_configure(config: pytest.Config) -> None:
    """Make the place of the loaded books; the workers of this process inherit it."""
    if not hasattr(config, "workerinput"):
        os.environ[_PREPARED] = tempfile.mkdtemp(prefix="kam-prepared-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take it away; and let go of what the app froze, lest DuckDB complains at the very end that it was kept."""
    gc.unfreeze()
    gc.collect()
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(_PREPARED), ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _books_are_loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kam.intake.cache.load", remembering(Path(os.environ[_PREPARED])))
        yield
