"""Eight sessions write one plan at once, in one program and in two: no change is lost, every clash is shown."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kam
from kam.store.changes import Change, Clashes

SESSIONS, TIMES = 8, 3


def count_up(book: kam.Book, who: str, times: int) -> int:
    """Raise the number that the plan's goal holds so many times; return how often somebody else was faster."""
    clashes = 0
    for _ in range(times):
        (plan,) = book.view().records("plans").query("plan_id == 'L1'").to_dict("records")
        goal, version = int(plan["customer_goal"]), int(plan["version"])
        while True:
            try:
                book.write([Change("plans", "L1", {"customer_goal": str(goal + 1)}, version)], who=who)
                break
            except Clashes as clash:
                clashes += 1
                (theirs,) = clash.clashes
                goal, version = int((theirs.theirs or {})["customer_goal"] or 0), theirs.version or 0
    return clashes


def test_no_change_of_eight_sessions_is_lost(small_folder: Path) -> None:
    book = kam.open_book(small_folder)
    book.write([Change("plans", "L1", {"customer_goal": "0"}, 0)], who="Ada")

    with ThreadPoolExecutor(SESSIONS) as sessions:
        clashes = list(sessions.map(lambda number: count_up(book, f"session {number}", TIMES), range(SESSIONS)))

    _all_there(book, SESSIONS * TIMES)
    assert sum(clashes) > 0


def test_no_change_of_two_programs_is_lost(small_folder: Path) -> None:
    book = kam.open_book(small_folder)
    book.write([Change("plans", "L1", {"customer_goal": "0"}, 0)], who="Ada")
    command = [sys.executable, "-m", "tests.store.test_sessions", str(small_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:  # noqa: S603 - this module
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        count_up(book, "this program", TIMES)
        assert other.wait() == 0

    _all_there(book, 2 * TIMES)


def _all_there(book: kam.Book, times: int) -> None:
    goals = book.change_log("plans", "L1").query("column == 'customer_goal'")
    assert goals["after"].astype(int).tolist()[: times + 1] == list(range(times, -1, -1))
    assert book.view().records("plans").set_index("plan_id").loc["L1", "customer_goal"] == str(times)


if __name__ == "__main__":
    opened = kam.open_book(sys.argv[1])
    sys.stdout.write("open\n")
    sys.stdout.flush()
    count_up(opened, "the other program", TIMES)
