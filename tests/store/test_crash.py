"""A program is killed in the middle of writing, two hundred times: what it was told is kept is there, nothing half."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kam
from kam.store.changes import Change

KILLS = 200
PLAN = {"account_id": "A05", "starts_on": "2026-10-01", "ends_on": "2027-09-30"}
STEP = {"title": "Ask them", "baseline_on": "2026-12-01"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_what_was_acknowledged_survives_two_hundred_kills(small_folder: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.store.test_crash", str(small_folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - this module
    assert done.returncode == 0, done.stderr
    acknowledged = set(done.stdout.split())

    book = kam.open_book(small_folder)
    kept = set(book.records("plans")["plan_id"]) - {"L1", "L2", "L3"}
    steps = book.records("milestones").query("title == 'Ask them'")
    log = book.change_log(limit=100_000)

    assert len(acknowledged) >= KILLS - 2  # it was killed at every stage, not only before the first word
    assert acknowledged <= kept
    assert sorted(steps["plan_id"]) == sorted(kept)  # a plan and its step are written together
    assert set(log.query("table == 'plans'")["key"]) == kept


def _be_killed(folder: Path) -> None:
    """Let children write until they are killed, and print the keys of the plans they were told are kept."""
    draw = random.Random(0)  # noqa: S311 - when to kill, no secret
    for number in range(KILLS):
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
        changes = [
            Change("plans", plan, {**PLAN, "name": plan}),
            Change("milestones", f"S{plan}", {**STEP, "plan_id": plan}),
        ]
        book.write(changes, who="Ada")
        os.write(tell, f"{plan}\n".encode())


if __name__ == "__main__":
    _be_killed(Path(sys.argv[1]))
