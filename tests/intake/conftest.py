"""These tests are about loading: every folder is loaded, however often its like was."""

from collections.abc import Iterator

import pytest

from kam.intake.load import load


@pytest.fixture(scope="module", autouse=True)
def _every_book_is_loaded() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kam.intake.cache.load", load)
        yield
