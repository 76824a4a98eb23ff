"""The figures of the Plans page."""

import pandas as pd
import plotly.graph_objects as go

from kam.base.numbers import count, known, percent
from kam.book import Book
from kam.plan import words
from kam.plan.figures_path import path_figure
from kam.plan.figures_progress import progress_figure
from kam.ui.answers import ask

_WORST_FIRST = ("red", "amber", "not_measured", "green")


def plans(book: Book, theme: str) -> go.Figure:
    """Draw how far each running plan has come beside its time."""
    running = words.running(ask(book.plans))
    rows = pd.DataFrame([_plan(row) for row in running.to_dict("records")])
    return progress_figure(rows, title=words.plans_title(running), what="running plan", theme=theme)


def objectives(book: Book, theme: str, *, plan_id: str) -> go.Figure:
    """Draw how far each objective of a plan has come beside its time."""
    every = ask(book.objectives)
    own = every[every["plan_id"] == plan_id]
    rows = pd.DataFrame([_objective(row) for row in own.to_dict("records")])
    return progress_figure(rows, title=words.objectives_title(own, str(own["plan"].iloc[0])), what="objective",
                           theme=theme)  # fmt: skip


def path(book: Book, theme: str, *, objective_id: str) -> go.Figure:
    """Draw one objective's way and where it is heading."""
    every = ask(book.objectives)
    objective = every[every["objective_id"] == objective_id].iloc[0]
    history = ask(book.objective_history, objective_id=objective_id)
    return path_figure(history, objective, book.today, title=words.path_title(objective), theme=theme)


def _plan(row: dict) -> dict[str, object]:
    worst = next((status for status in _WORST_FIRST if row[status]), "not_measured")
    return {
        "account_id": row["account_id"],
        "label": row["name"],
        "progress": row["progress"],
        "time_used": row["time_used"],
        "status": worst.replace("_", " "),
        "note": f"{count(row[worst])} of {count(row['objectives'])}",
        "told": words.standing(pd.Series(row)),
    }


def _objective(row: dict) -> dict[str, object]:
    return {
        **{name: row[name] for name in ("account_id", "progress", "time_used", "status")},
        "label": row["title"],
        "note": f"{percent(row['chance'])} likely" if known(row["chance"]) else "",
        "told": row["reason"],
    }
