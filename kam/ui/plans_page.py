"""The parts of the Plans page: its numbers, one plan, the letters of its objectives, and what a plan could hold."""

from typing import Literal

import pandas as pd
import streamlit as st

from kam.base.numbers import count, day, percent
from kam.base.texts import _
from kam.book import Book
from kam.plan import words
from kam.plan.figures import objectives_figure, path_figure
from kam.plan.figures_milestones import timeline_figure
from kam.plan.words_columns import LETTER_COLUMNS, STRATEGY_COLUMNS
from kam.portfolio.words_absent import NO_CATEGORY_GAPS
from kam.ui.answers import ask
from kam.ui.charts import chart, drawn
from kam.ui.editor import PLAN_RECORDS, editor
from kam.ui.links import link_to_account
from kam.ui.markdown import escape_markdown
from kam.ui.one_account import account_labels, pick
from kam.ui.plan_writing import as_typed, review, take_up
from kam.ui.tables import save_as_csv, table

_MARKS = {True: "✓", False: "✗"}
_UNTOLD = "?"


def plan_cards(plans: pd.DataFrame, objectives: pd.DataFrame, smart: pd.DataFrame) -> None:
    """Count running plans, objectives on track, likely met and sound, overdue milestones, and plans nobody looks at."""
    running = words.running(plans)
    own = objectives[objectives["plan_id"].isin(running["plan_id"])]
    judged = smart[smart["plan_id"].isin(running["plan_id"])]
    sound = int((judged[list(words.LETTERS)].fillna(value=True)).all(axis=1).sum())
    measured = int((own["status"] != "not measured").sum())
    stale = int((running["days_since_review"] > words.STALE_DAYS).fillna(value=False).sum())
    with st.grid(6, min_column_width=140, gap="small"):
        st.metric(
            _("Running plans"),
            count(len(running)),
            help=_("{plans} more are closed").format(plans=count(len(plans) - len(running))),
        )
        st.metric(
            _("Objectives on track"),
            _("{green} of {measured}").format(green=int((own["status"] == "green").sum()), measured=measured),
            help=_("Of the measured ones of running plans"),
        )
        chances = own["chance"].dropna()
        st.metric(
            _("Chance of meeting"),
            percent(chances.mean()) if len(chances) else "–",
            help=_("Mean of {objectives} objectives with a forecast to their due day").format(objectives=len(chances)),
        )
        st.metric(
            _("Sound objectives"),
            _("{sound} of {objectives}").format(sound=sound, objectives=len(judged)),
            help=_("No letter of SMART fails"),
        )
        st.metric(_("Milestones overdue"), count(running["overdue"].sum()), help=_("Of running plans"))
        st.metric(
            _("Not reviewed"),
            count(stale),
            help=_("Running plans, for more than {days} days").format(days=words.STALE_DAYS),
        )


def pick_plan(plans: pd.DataFrame) -> pd.Series:
    """Let the reader choose a plan, running ones first, those furthest behind on top; its id is in the URL."""
    behind = (plans["progress"] - plans["time_used"]).fillna(1.0)
    over = plans["status"] == "closed"
    ordered = plans.assign(over=over, behind=behind).sort_values(["over", "behind", "name"], kind="stable")
    named = pd.DataFrame({"account_id": ordered["plan_id"], "name": ordered["name"].fillna(ordered["plan_id"])})
    chosen = pick(_("Plan"), account_labels(named), key="plan")
    return plans[plans["plan_id"] == chosen].iloc[0]


def one_plan(book: Book, plan: pd.Series, objectives: pd.DataFrame, smart: pd.DataFrame) -> None:
    """Show one plan: who it is for and how it stands, its objectives, the ways there, and its milestones."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if isinstance(plan["account_id"], str):
            link_to_account(plan["account_id"], plan["account"])
        told = [
            plan["manager"],
            plan["status"],
            _("{start} to {end}").format(start=day(plan["starts_on"]), end=day(plan["ends_on"])),
        ]
        st.caption(" · ".join(escape_markdown(each) for each in told if isinstance(each, str)))
    if isinstance(plan["customer_goal"], str):
        st.markdown(_("Serves the customer's own goal: **{goal}**").format(goal=escape_markdown(plan["customer_goal"])))
    st.markdown(escape_markdown(words.standing(plan)))
    own = objectives[objectives["plan_id"] == plan["plan_id"]]
    if own.empty:
        st.info(_("This plan has no objective yet: nothing says what it is for."), icon=":material/flag:")
    else:
        _objectives(book, plan, own, smart)
    st.markdown("##### " + _("How it is to be reached"))
    strategies = ask(book.strategies, plan_id=plan["plan_id"])
    st.caption(escape_markdown(words.strategies_title(strategies, book.currency)))
    if not strategies.empty:
        table(strategies, STRATEGY_COLUMNS, currency=book.currency, key="strategies", file="strategies")
    if plan["milestones"]:
        milestones = ask(book.milestones)
        steps = milestones[milestones["plan_id"] == plan["plan_id"]]
        chart(drawn(timeline_figure, steps, book.today), key="plan milestones")
    review(book, plan)
    scope = {"plan_id": str(plan["plan_id"])}
    editor(book, PLAN_RECORDS, scope=scope, label=_("Write into this plan"), checks=as_typed(book, scope["plan_id"]))


def _objectives(book: Book, plan: pd.Series, own: pd.DataFrame, smart: pd.DataFrame) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        chart(drawn(objectives_figure, own), key="objectives")
    with right:
        labels = account_labels(pd.DataFrame({"account_id": own["objective_id"], "name": own["title"]}))
        chosen = pick(_("Objective"), labels, key="objective")
        objective = own[own["objective_id"] == chosen].iloc[0]
        history = ask(book.objective_history, objective_id=chosen)
        chart(drawn(path_figure, history, objective, book.today), key="path")
    judged = smart[smart["plan_id"] == plan["plan_id"]]
    st.markdown("##### " + _("SMART, letter by letter"))
    st.caption(escape_markdown(words.smart_title(judged)))
    table(lettered(judged), LETTER_COLUMNS, key="letters", file="smart")
    show_letters(judged[judged["objective_id"] == chosen].iloc[0])


def show_letters(row: pd.Series) -> None:
    """Say why each letter of one objective holds or fails, and what would mend it."""
    for letter, name in words.LETTERS.items():
        holds = None if pd.isna(row[letter]) else bool(row[letter])
        word, colour, icon = _VERDICTS[holds]
        badge, why = st.columns([1.3, 6], vertical_alignment="center", gap="small")
        badge.badge(f"{name}: {word}", color=colour, icon=icon)
        fix = row[f"{letter}_fix"]
        why.markdown(
            escape_markdown(row[f"{letter}_reason"])
            + (f" *{escape_markdown(fix)}*" if isinstance(fix, str) and fix else "")
        )


_VERDICTS: dict[bool | None, tuple[str, Literal["blue", "red", "gray"], str]] = {
    True: (_("yes"), "blue", ":material/check:"),
    False: (_("no"), "red", ":material/close:"),
    None: (_("not told"), "gray", ":material/question_mark:"),
}


def lettered(smart: pd.DataFrame) -> pd.DataFrame:
    """Write each letter as a mark, and the first fix of each objective, beside all reasons.

    >>> from kam.plan.words import LETTERS
    >>> row = {letter: [True] for letter in LETTERS} | {"assigned": [False]}
    >>> row |= {f"{letter}_fix": ["Name one." if letter == "assigned" else ""] for letter in LETTERS}
    >>> lettered(pd.DataFrame(row))[["specific", "assigned", "to_mend"]].iloc[0].tolist()
    ['✓', '✗', 'Name one.']
    """
    marks = {
        letter: [_UNTOLD if pd.isna(value) else _MARKS[bool(value)] for value in smart[letter]]
        for letter in words.LETTERS
    }
    fixes = [
        " ".join(str(row[f"{letter}_fix"]) for letter in words.LETTERS if pd.notna(row[letter]) and not row[letter])
        for row in smart.to_dict("records")
    ]
    return smart.assign(**marks, to_mend=pd.Series(fixes, smart.index, dtype="str").replace("", None))


def start_from_gaps(book: Book, accounts: pd.DataFrame, plans: pd.DataFrame) -> None:
    """Propose what a plan of one account could hold; accounts without a running plan come first."""
    planned = accounts["account_id"].isin(words.running(plans)["account_id"])
    ordered = accounts.assign(planned=planned).sort_values("planned", kind="stable")
    labels = account_labels(ordered)
    account = pick(_("Account"), labels, key="draft")
    with st.spinner(_("Looking for gaps")):
        draft = ask(book.draft_plan, account_id=account)
    st.caption(escape_markdown(words.draft_title(draft, labels[account])))
    if not book.has("products"):
        st.caption(NO_CATEGORY_GAPS)
    for row in draft.to_dict("records"):
        badge, what = st.columns([1.3, 6], vertical_alignment="center", gap="small")
        kind, icon = _KINDS[str(row["kind"])]
        badge.badge(kind, icon=icon, color="gray")
        what.markdown(f"**{escape_markdown(row['title'])}** {escape_markdown(row['reason'])}")
        told = (
            _("From {source}; due {day}; for {owner}")
            if isinstance(row["owner"], str)
            else _("From {source}; due {day}")
        )
        what.caption(escape_markdown(told.format(source=row["source"], day=day(row["due_on"]), owner=row["owner"])))
    if not draft.empty:
        save_as_csv(draft, file=f"draft plan {account}", key="draft")
    take_up(book, draft, account, plans)


_KINDS = {"objective": (_("objective"), ":material/target:"), "action": (_("action"), ":material/bolt:")}
