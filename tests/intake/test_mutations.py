"""Books mutated at random open, ask and take the answer, or are refused in words; `make fuzz` runs thousands."""

import random
from pathlib import Path

import pytest

from tests.intake.mutations.making import make
from tests.intake.mutations.outcome import outcome

SEEDS = 30
AT_ONCE = 10


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_whatever_is_done_to_a_book_nobody_meets_a_traceback(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        folder = tmp_path / str(seed)
        done = make(seed, folder)
        try:
            outcome(folder, random.Random(seed))  # noqa: S311 - choosing answers, no secret
        except Exception as error:
            error.add_note(f"seed {seed}: {done}")
            raise


def test_a_seed_makes_the_same_book_again(tmp_path: Path) -> None:
    for seed in range(20):
        assert make(seed, tmp_path / f"{seed} a") == make(seed, tmp_path / f"{seed} b")
        for path in (tmp_path / f"{seed} a").rglob("*.csv"):
            twin = tmp_path / f"{seed} b" / path.relative_to(tmp_path / f"{seed} a")
            assert path.read_bytes() == twin.read_bytes()
