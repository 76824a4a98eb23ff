"""A program is killed at each step of its writing, and by luck: what it was told is kept is there, and nothing half.

`python -m tests.store.test_crash` kills two hundred by luck, which `make soak` does; a test kills a few.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import duckdb
import pytest

import kam
from kam.store.changes import Change
from kam.store.workspace import FILE
from tests import small_book

FEW, MANY = 6, 200
FILES = {"L1", "L2", "L3"}
"""The plans that stand in the files."""
PLAN = {"account_id": "A05", "starts_on": "2026-10-01", "ends_on": "2027-09-30"}
STEP = {"title": "Ask them", "baseline_on": "2026-12-01"}
_BOUNDS = ("begin", "commit", "rollback", "close")
_STEPS = (*_BOUNDS, "execute")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def killed(way: str, folder: Path, *more: object) -> set[str]:
    """Let programs be killed in one way; return the keys of the plans they were told are kept."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.store.test_crash", way, str(folder), *map(str, more)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - this module
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def kept_whole(folder: Path) -> set[str]:
    """Return the plans that were written: each with its step, and both of them in the log."""
    book = kam.open_book(folder)
    kept = set(book.records("plans")["plan_id"]) - FILES
    steps = book.records("milestones").query("title == 'Ask them'")
    log = book.change_log(limit=100_000)
    book.close()
    assert sorted(steps["plan_id"]) == sorted(kept)  # a plan and its step are written together
    assert set(log.query("table == 'plans'")["key"]) == kept
    assert set(log.query("table == 'milestones'")["key"]) == {f"S{plan}" for plan in kept}
    return kept


def test_killed_at_each_step_of_writing(small_folder: Path) -> None:
    kam.open_book(small_folder).write([Change("plans", "first", {**PLAN, "name": "first"})], who="Ada")
    kam.open_book(small_folder).write([Change("milestones", "Sfirst", {**STEP, "plan_id": "first"})], who="Ada")

    acknowledged = killed("steps", small_folder)
    kept = kept_whole(small_folder) - {"first"}

    assert acknowledged <= kept
    last = max(int(plan.removeprefix("K")) for plan in kept)
    assert last >= 10  # so many steps a writing has at least, and the last program was killed at none
    assert f"K{last}" in acknowledged
    written = sorted(int(plan.removeprefix("K")) for plan in kept)
    assert written == list(range(written[0], last + 1))  # from one step on, the commit, everything is kept


def test_killed_around_each_transaction_of_the_very_first_writing(small_folder: Path, tmp_path: Path) -> None:
    acknowledged = killed("first", small_folder, tmp_path / "after")

    places = sorted((tmp_path / "after").iterdir(), key=lambda place: int(place.name))
    assert len(places) >= 8
    for place in places:
        folder = Path(shutil.copytree(small_folder, place / "book"))
        for left in (folder / ".kam").glob(f"{FILE}*"):
            left.unlink()
        for file in place.glob(f"{FILE}*"):
            shutil.copy2(file, folder / ".kam")
        kept = kept_whole(folder)
        assert kept in (set(), {f"K{place.name}"})
        assert acknowledged & {f"K{place.name}"} <= kept
    assert f"K{places[-1].name}" in acknowledged


@pytest.mark.parametrize("kills", [FEW])
def test_what_was_acknowledged_survives_kills_at_any_moment(kills: int, small_folder: Path) -> None:
    acknowledged = killed("luck", small_folder, kills)

    assert len(acknowledged) >= kills - 2  # it was killed at every stage, not only before the first word
    assert acknowledged <= kept_whole(small_folder)


class Watched:
    """A connection to the records; a function is called before each of its steps."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, steps: Sequence[str], step: Callable[[], None]) -> None:
        self._connection, self._steps, self._step = connection, steps, step

    def __getattr__(self, name: str) -> object:
        if name in self._steps:
            self._step()
        return getattr(self._connection, name)


def _stop_at(stop: int, steps: Sequence[str]) -> None:
    """Have this program killed right before the step of this number, from 0 on: connecting is one, too."""
    connect, numbers = duckdb.connect, count()

    def step() -> None:
        if next(numbers) == stop:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(*args: object, **options: object) -> Watched:
        step()
        return Watched(connect(*args, **options), steps, step)  # ty: ignore[invalid-argument-type] - handed on

    duckdb.connect = watched  # ty: ignore[invalid-assignment] - in a program that ends soon


def _plan_and_step(plan: str) -> list[Change]:
    return [Change("plans", plan, {**PLAN, "name": plan}), Change("milestones", f"S{plan}", {**STEP, "plan_id": plan})]


def _killed_at_steps(folder: Path, keep: Path | None = None) -> None:
    """Kill programs, each one a step later, until one gets to its end; print the plans that were told of.

    With `keep` each program finds no file of records, and what it leaves is kept there by number; it is killed around
    transactions only, for the many statements in one that makes the file are alike until it is kept.
    """
    for stop in count():
        files = folder / ".kam"
        for left in files.glob(f"{FILE}*") if keep else ():
            left.unlink()
        told, tell = os.pipe()
        if not (child := os.fork()):
            book = kam.open_book(folder)
            _stop_at(stop, _BOUNDS if keep else _STEPS)
            book.write(_plan_and_step(f"K{stop}"), who="Ada")
            os.write(tell, f"K{stop}\n".encode())
            os._exit(0)
        os.close(tell)
        with os.fdopen(told) as words:
            sys.stdout.write(words.read())
        _, ended = os.waitpid(child, 0)
        if keep:
            (keep / str(stop)).mkdir(parents=True)
            for file in files.glob(f"{FILE}*"):
                shutil.copy2(file, keep / str(stop))
        if ended == 0:
            return
        assert os.WTERMSIG(ended) == signal.SIGKILL


def _killed_by_luck(folder: Path, kills: int) -> None:
    """Let children write until they are killed, and print the keys of the plans they were told are kept."""
    draw = random.Random(0)  # noqa: S311 - when to kill, no secret
    for number in range(kills):
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            _write(folder, number, tell)
        os.close(tell)
        with os.fdopen(told) as words:
            for _ in range(1 + number % 3):  # the book is open, and none, one or two plans are kept
                sys.stdout.write(words.readline())
            time.sleep(draw.uniform(0.0, 0.08))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            sys.stdout.write(words.read())


def _write(folder: Path, number: int, tell: int) -> None:
    book = kam.open_book(folder)
    os.write(tell, b"\n")
    for time_ in range(1_000):
        plan = f"K{number}-{time_}"
        book.write(_plan_and_step(plan), who="Ada")
        os.write(tell, f"{plan}\n".encode())


def _soak() -> None:
    with tempfile.TemporaryDirectory() as work:
        folder = small_book.write(Path(work) / "book")
        kam.open_book(folder).close()
        test_what_was_acknowledged_survives_kills_at_any_moment(MANY, folder)
    sys.stdout.write(f"{MANY} programs killed while they wrote: nothing is lost, and nothing is half\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["steps", folder]:
            _killed_at_steps(Path(folder))
        case ["first", folder, keep]:
            _killed_at_steps(Path(folder), Path(keep))
        case ["luck", folder, kills]:
            _killed_by_luck(Path(folder), int(kills))
        case _:
            _soak()
