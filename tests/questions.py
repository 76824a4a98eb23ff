"""Every question a book can be asked, with its call and the shape of its answer: `python -m tests.questions`."""

import importlib
import inspect
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

import kam
from tests import small_book
from tests.answers import NO_QUESTIONS, arguments

HEAD = """# What a book can be asked

`book = kam.open_book(FOLDER)`; every question below is a method of it and returns a new pandas frame, if nothing
else is said. `book.view(manager=…, region=…, industry=…, as_of=…, level="parent")` asks the same of a part of the book,
of an earlier month, or of parents with all their subsidiaries. Written by `python -m tests.questions`.
"""


def subjects() -> Iterator[tuple[str, list[str]]]:
    """Return the questions of each subject, in the order in which `Book` lists them."""
    yield "What is in view", ["has", "share_with", "choices"]
    listed = [(name, each) for name, each in vars(kam.Book).items() if inspect.isfunction(each)]
    for package, each in itertools.groupby(listed, lambda pair: pair[1].__module__.rpartition(".")[0]):
        about = inspect.getdoc(importlib.import_module(package)) or package
        yield about.rstrip("."), [name for name, _ in each if name not in NO_QUESTIONS]


def call(question: Callable[..., object], name: str) -> str:
    """Write a question as it is called, with the values that go without saying."""
    parameters = list(inspect.signature(question).parameters.values())[1:]
    written = [
        f"**{each.name}"
        if each.kind is each.VAR_KEYWORD
        else each.name
        if each.default is each.empty
        else f"{each.name}={each.default!r}"
        for each in parameters
    ]
    return f"book.{name}({', '.join(written)})"


def shape(book: kam.Book, name: str) -> str:
    """Name the columns of the answer that a small book gives, or what else it is."""
    for asked in arguments(book, name):
        try:
            answer = getattr(book, name)(**asked)
        except kam.KamError:
            continue
        if isinstance(answer, pd.DataFrame):
            return ", ".join(f"`{column}`" for column in map(str, answer.columns))
        return type(answer).__name__
    return "as asked"


def document(book: kam.Book) -> str:
    """Write all questions, a table a subject."""
    parts = [HEAD]
    for about, names in subjects():
        parts.append(f"\n## {about}\n\n| question | answers | columns |\n|---|---|---|\n")
        for name in names:
            question = getattr(kam.Book, name)
            said = (inspect.getdoc(question) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
            parts.append(f"| `{call(question, name)}` | {said} | {shape(book, name)} |\n")
    return "".join(parts)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        opened = kam.open_book(small_book.write(Path(folder) / "book"))
        sys.stdout.write(document(opened))
        opened.close()
