"""Eight sessions ask one book at once, each its own questions in its own order: every answer is that of one alone."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
from pandas.testing import assert_frame_equal

import kam
from kam.base.periods import month_ends
from tests import small_book

SESSIONS = 8
SECONDS = 10
QUESTIONS = ("accounts", "monthly", "concentration", "retention", "headline", "changes", "dangers", "ladder")

Asked = tuple[int, tuple[str, ...], tuple[str, ...], str, str]


def answer(book: kam.Book, asked: Asked) -> pd.DataFrame:
    """Answer one question of one view."""
    months_ago, managers, regions, level, question = asked
    view = book.view(as_of=month_ends(book.as_of, months_ago + 1)[0], level=level, manager=managers, region=regions)
    return getattr(view, question)()


def test_every_answer_under_load_is_that_of_a_single_session(tmp_path: Path) -> None:
    folder = small_book.write(tmp_path / "book")
    book = kam.open_book(folder)
    draw = random.Random(0)  # noqa: S311 - choosing questions, no secret
    managers = tuple(small_book.MANAGERS.values())
    asked: list[Asked] = [
        (
            draw.randrange(20),
            tuple(draw.sample(managers, draw.randrange(3))),
            tuple(draw.sample(small_book.REGIONS, draw.randrange(2))),
            draw.choice(("account", "parent")),
            question,
        )
        for question in QUESTIONS * 4
    ]
    alone = {question: answer(book, question) for question in asked}
    end = time.monotonic() + SECONDS
    together = threading.Barrier(SESSIONS)

    def session(number: int) -> int:
        own = random.Random(number)  # noqa: S311 - likewise
        opened = kam.open_book(folder) if number % 2 else book
        together.wait()
        count = 0
        while time.monotonic() < end:
            question = own.choice(asked)
            assert_frame_equal(answer(opened, question), alone[question])
            count += 1
        return count

    with ThreadPoolExecutor(SESSIONS) as sessions:
        counts = list(sessions.map(session, range(SESSIONS)))

    assert min(counts) > 0
