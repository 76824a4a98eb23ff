"""Every answer of five books, a CSV each, to be held against those of another state: `python -m tests.answers FOLDER`.

The sample, a small book without managers, and three real books where their data are (`KAM_DATA`). Each question is
asked by account and by parent, of the whole book, of one manager and region, and as of an earlier month.
"""

import argparse
import datetime as dt
import inspect
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

import kam
from tests import small_book

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("KAM_DATA") or ROOT.parent / "shared/data")
REAL = ("online_retail", "adventureworks", "classicmodels")
NO_QUESTIONS = frozenset({"accept_file", "calendar", "change_log", "close", "undo", "view", "write"})
BY: dict[str, Sequence[str | None]] = {
    "bridge": (None, "category", "region", "manager", "industry"),
    "bridge_table": ("category", "region", "manager", "industry"),
    "retention": (None, "region", "manager", "industry"),
    "milestone_load": ("owner", "department"),
    "time_to_resolve": (None, "department", "manager"),
}
Arguments = dict[str, object]


def books(work: Path) -> Iterator[Path]:
    """Write the five books into a folder, one by one; a real one whose data are not there is left out."""
    yield shutil.copytree(ROOT / "data", work / "sample", ignore=shutil.ignore_patterns(".kam"))
    rows = small_book.tables()
    del rows["managers"]
    yield small_book.write(work / "without_managers", rows)
    for name in REAL:
        if (DATA / name).is_dir():
            for source in (DATA / name, ROOT / "tests/books" / name):
                shutil.copytree(source, work / name, dirs_exist_ok=True)
            yield work / name


def views(book: kam.Book) -> dict[str, kam.Book]:
    """Return what of a book is asked: all of it, a manager's and a region's part, an earlier month; each by parent."""
    choices = book.choices()
    scoped: dict[str, kam.Book] = {"whole": book, "earlier": book.view(as_of=book.as_of - dt.timedelta(days=150))}
    managers, regions = (choices[name].dropna().unique().tolist() for name in ("manager", "region"))
    if managers:
        scoped["manager"] = book.view(manager=managers[:1])
    if regions:
        scoped["region"] = book.view(region=regions[:1])
    return scoped | {f"{name} by parent": view.view(level="parent") for name, view in scoped.items()}


def arguments(book: kam.Book, name: str) -> Iterator[Arguments]:
    """Return what a question is asked with: every combination of the values that its parameters can have here."""
    accounts = book.by_account.accounts()["account_id"].tolist()
    plans, objectives = book.plans(), book.objectives()
    known: dict[str, Sequence[object]] = {
        "account_id": tuple(dict.fromkeys(accounts[:1] + accounts[len(accounts) // 2 :][:1])),
        "measure": ("revenue", "margin"),
        "plan_id": tuple(plans["plan_id"][:2]),
        "objective_id": tuple(objectives["objective_id"][:2]),
        "what": ("orders", "products", "quantities"),
        "table": ("contacts", "milestones", "plans", "risks"),
        "scenario": ("",),
        "by": BY.get(name, ()),
        "signal": tuple(book.by_account.ladder_evidence(accounts[0])["signal"].unique()[:3])
        if name == "ladder_rows"
        else (),
    }
    parameters = inspect.signature(getattr(book, name)).parameters.values()
    free = [each for each in parameters if each.kind is not each.VAR_KEYWORD]
    values = []
    for each in free:
        optional = each.default is not each.empty
        given = known.get(each.name, ())
        if each.name in ("measure", "scenario") and optional and "bridge" not in name:
            given = ()
        if optional and not given:
            continue
        if optional and each.default is None and None not in given:
            given = (None, *given)
        values.append([(each.name, value) for value in given])
    yield from map(dict, itertools.product(*values))


def _signals(book: kam.Book, account_id: str) -> tuple[str, ...]:
    return tuple(book.ladder_evidence(account_id)["signal"].unique()[:3])


def answered(book: kam.Book, name: str, asked: Arguments) -> str:
    """Write what a question answers, or why it does not."""
    try:
        answer = getattr(book, name)(**asked)
    except kam.KamError as error:
        return f"{type(error).__name__}: {error}\n"
    if isinstance(answer, pd.DataFrame):
        return answer.to_csv(index=False, float_format="%.10g")
    return f"{answer}\n"


def write(folder: Path) -> int:
    """Write the answers of all books into a folder; return how many those are."""
    count = 0
    questions = sorted(name for name, each in vars(kam.Book).items() if inspect.isfunction(each))
    with tempfile.TemporaryDirectory() as work:
        for place in books(Path(work)):
            book = kam.open_book(place)
            for shown, view in views(book).items():
                target = folder / place.name / shown
                target.mkdir(parents=True, exist_ok=True)
                for name in questions:
                    for asked in arguments(view, name) if name not in NO_QUESTIONS else ():
                        words = "-".join([name, *(str(value) for value in asked.values() if value is not None)])
                        file = target / f"{words.replace('/', '_')[:120]}.csv"
                        file.write_text(answered(view, name, asked), encoding="utf-8")
                        count += 1
            book.close()
            print(f"{place.name}: {count:,} answers so far", flush=True)  # noqa: T201
    return count


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    sys.exit(0 if write(parser.parse_args().folder) else 1)
