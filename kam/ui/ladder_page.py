"""The parts of the Ladder page, and one account's evidence, way by way and signal by signal."""

import datetime as dt
from itertools import pairwise

import numpy as np
import pandas as pd
import streamlit as st

from kam.base.numbers import count, money, month, window
from kam.base.terms import RUNG_NAMES, RUNGS, UNKNOWN
from kam.base.texts import _
from kam.book import Book
from kam.ladder import words
from kam.ladder import words_columns as columns
from kam.ladder import words_rungs as said
from kam.ladder.figures import moves_figure
from kam.ladder.figures_evidence import evidence_figure, outcomes_figure
from kam.ladder.rung_moves import flows
from kam.ladder.words_columns import EVIDENCE_COLUMNS, WAY_COLUMNS
from kam.ladder.words_rungs import ways_finding
from kam.ui.answers import ask
from kam.ui.cards import Card, cards, defined
from kam.ui.charts import chart, drawn
from kam.ui.markdown import escape_markdown
from kam.ui.one_account import row_of
from kam.ui.printing import printing
from kam.ui.tables import table, table_of_accounts

_RUNG = "rung"
_A_YEAR = 4  # quarters
_USUAL = "usual"


def headline(book: Book, ladder: pd.DataFrame, slip: pd.DataFrame) -> None:
    """Draw the page's numbers: what stands on which rung, what claims go too far, what may slip."""
    order = {rung: place for place, rung in enumerate(RUNGS)}
    claimed, found = ladder["claimed_rung"].map(order), ladder["rung"].map(order)
    too_high = (claimed > found).sum() if claimed.notna().any() else None

    labels = (_("Partner revenue"), _("Supplier revenue"), _("Broker revenue"), _("Unknown revenue"))
    cards(
        [
            *(
                Card(label, said.certain_share(ladder, rung), str, explained=defined(book, "rung"))
                for label, rung in zip(labels, (*reversed(RUNGS), UNKNOWN), strict=True)
            ),
            Card(_("Claims too high"), too_high, count, explained=defined(book, "expected rung and gap")),
            Card(
                _("May slip"),
                slip["revenue"].sum(),
                lambda value: money(value, book.currency),
                explained=defined(book, "slip risk"),
            ),
        ]
    )


def choose_rung(rung: str) -> None:
    """Show the accounts of a rung in the table below."""
    st.session_state[_RUNG] = [rung]


def moved(book: Book) -> None:
    """Show who went from which rung to which between two quarters of the reader's choice, and the accounts behind."""
    days = book.ladder_days()[::-1]
    if len(days) == 1:
        st.info(_("To compare two states of the ladder, sales must reach back a year before the earlier one."))
        return
    with st.container(horizontal=True):
        first = _quarter(_("From"), "ladder_from", days, min(_A_YEAR, len(days) - 1))
        start, end = sorted((first, _quarter(_("To"), "ladder_to", days, 0)))
    if start == end:
        st.info(_("Choose two different quarters to see who moved between them."))
        return
    shifts = ask(book.ladder_shifts, start=start, end=end)
    if not (shifts["from_rung"].isin(RUNGS) | shifts["to_rung"].isin(RUNGS)).any():
        st.info(
            _("No account is on a known rung in either quarter, so no move can be told. More evidence is needed first.")
        )
        return
    between = words.between(start, end)
    chart(drawn(moves_figure, flows(shifts), shifts, book.currency, subtitle=between), key="moves")
    names = [said.flow_name(*pair) for pair in zip(shifts["from_rung"], shifts["to_rung"], strict=True)]
    flow = st.selectbox(
        _("The accounts of a flow"),
        sorted(set(names)),
        index=None,
        placeholder=_("All that climbed or slipped"),
        key="ladder_flow",
        bind="query-params",
    )
    rows = shifts[shifts["moved"]] if flow is None else shifts[pd.Series(names, index=shifts.index) == flow]
    if not rows.empty:
        table_of_accounts(
            rows.reset_index(drop=True), columns.MOVE_COLUMNS, currency=book.currency, key="moved", file="moves"
        )


def _quarter(label: str, key: str, days: list[dt.date], usual: int) -> dt.date:
    """Let a quarter be chosen; unless one is, it is the usual one, which moves along with the page's month."""
    choices = {_USUAL if place == usual else day.strftime("%Y-%m"): day for place, day in enumerate(days)}
    chosen = st.selectbox(
        label,
        list(choices),
        index=usual,
        format_func=lambda choice: month(choices[choice]),
        key=key,
        width=160,
        bind="query-params",
    )
    return choices[chosen]


def slipping(book: Book, slip: pd.DataFrame) -> None:
    """List the accounts that may slip, with the signals."""
    st.caption(escape_markdown(said.slip_finding(slip, book.currency)))
    if not slip.empty:
        table_of_accounts(slip, columns.SLIP_COLUMNS, currency=book.currency, key="slip", file="slip risk")


def next_steps(book: Book) -> None:
    """List the step of each account that would lift most revenue."""
    steps = ask(book.best_steps)
    st.caption(escape_markdown(words.climb_title(steps)))
    if not steps.empty:
        table_of_accounts(steps, columns.CLIMB_COLUMNS, currency=book.currency, key="climb", file="next steps")


def to_find_out(book: Book, ladder: pd.DataFrame) -> None:
    """List which evidence at which account would settle most."""
    worth = ask(book.evidence_worth)
    st.caption(escape_markdown(said.worth_finding(ask(book.best_evidence), ladder, book.currency)))
    first = worth[worth["settles"] > 0].drop_duplicates("account_id").reset_index(drop=True)
    if first.empty:
        return
    first = first.assign(gather=[said.gathered(evidence) for evidence in first["evidence"]])
    table_of_accounts(
        first, columns.WORTH_COLUMNS, currency=book.currency, key="to find out", file="evidence worth gathering"
    )


def outcomes(book: Book) -> None:
    """Show margin, discount and retention by rung, and the numbers."""
    told = ask(book.rung_outcomes)
    if told.empty:
        st.info(escape_markdown(said.outcomes_finding(told)))
        return
    chart(drawn(outcomes_figure, told, window=window(book.as_of)), key="outcomes")
    with st.expander(_("The numbers"), icon=":material/table:"):
        table(told, columns.OUTCOME_COLUMNS, currency=book.currency, key="outcome table", file="rung outcomes")


def all_accounts(book: Book, ladder: pd.DataFrame) -> None:
    """List the accounts, all or of some rungs, each with its way over the quarters."""
    here = [rung for rung in (*reversed(RUNGS), UNKNOWN) if (ladder["rung"] == rung).any()]
    chosen = st.pills(
        _("Rungs"),
        here,
        selection_mode="multi",
        format_func=RUNG_NAMES.__getitem__,
        key=_RUNG,
        bind="query-params",
        label_visibility="collapsed",
    )
    rows = ladder[ladder["rung"].isin(chosen)].reset_index(drop=True) if chosen else ladder
    shown = with_way(rows, ask(book.ladder_history))
    table_of_accounts(shown, columns.LADDER_COLUMNS, currency=book.currency, key="ladder", file="ladder")


def with_way(ladder: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Add `history` to the ladder: the expected rung at each quarter's end at which anything was known, oldest first.

    >>> history = {"account_id": ["A", "A"], "as_of": [1, 2], "expected_rung": [1.5, None]}
    >>> with_way(pd.DataFrame({"account_id": ["A", "B"]}), pd.DataFrame(history))["history"].tolist()
    [[1.5], []]
    """
    known = history.dropna(subset="expected_rung")
    row = pd.Index(ladder["account_id"]).get_indexer(pd.Index(known["account_id"]))
    order = np.argsort(row, kind="stable")
    bounds = np.searchsorted(row[order], np.arange(len(ladder) + 1)).tolist()
    ways = known["expected_rung"].to_numpy()[order].round(2).tolist()
    lines = [ways[start:end] for start, end in pairwise(bounds)]
    return ladder.assign(history=pd.Series(lines, index=ladder.index))


def likelihoods(book: Book) -> None:
    """Show the table the rungs are judged by, and what of it is the book's own."""
    policy = ask(book.ladder_policy)
    if note := said.policy_note(policy):
        st.caption(escape_markdown(note))
    with st.expander(_("How likely each sign is on each rung"), icon=":material/menu_book:"):
        st.caption(
            _(
                "Out of all accounts that truly stand on a rung, the share that shows this level. A book "
                "can replace any row: see policy.ladder in the README."
            )
        )
        table(policy, columns.LIKELIHOOD_COLUMNS, key="likelihoods", file="likelihoods")


def show_ways(book: Book, account: str) -> None:
    """Show what would lift an account most on each of the five ways up, and what is planned already."""
    ways = ask(book.ways_up, account_id=account)
    if ways["gain"].notna().any():
        st.caption(escape_markdown(ways_finding(ways)))
        table(ways, WAY_COLUMNS, key="ways up", file=f"ways up {account}")


def show_evidence(book: Book, account: str) -> None:
    """Show every signal of an account's rung: its pull as a bar, the table, and the rows behind one of them."""
    evidence = ask(book.ladder_evidence, account_id=account)
    if evidence.empty:
        st.info(
            _(
                "There is no evidence for this account: no survey answer, and no sales in the last "
                "twelve months, or too few months and peers to hold them against."
            )
        )
        return
    rung = row_of(ask(book.ladder), account)
    chart(drawn(evidence_figure, evidence, account_id=account, rung=rung), key="evidence")
    if printing():
        return
    table(evidence, EVIDENCE_COLUMNS, key="evidence table", file=f"evidence {account}")
    signals = list(dict.fromkeys(evidence["signal"]))
    signal = st.pills(_("The rows behind a signal"), signals, key="signal")
    if signal:
        rows = ask(book.ladder_rows, account_id=account, signal=signal)
        st.dataframe(rows, hide_index=True, placeholder="–", key="source rows")
