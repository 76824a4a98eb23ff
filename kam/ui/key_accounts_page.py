"""The parts of the Key accounts page: who came and went, one account taken apart, what would settle most."""

from collections.abc import Mapping
from typing import cast

import pandas as pd
import streamlit as st

from kam.base.numbers import count
from kam.base.policy import Asked
from kam.base.rules import WEIGHTINGS
from kam.base.schema import RATING_ANCHORS
from kam.base.terms import CRITERIA
from kam.base.texts import _, ngettext
from kam.book import Book
from kam.key_accounts import words
from kam.key_accounts.figures import score_parts_figure
from kam.key_accounts.words_columns import PART_COLUMNS
from kam.ui.answers import ask
from kam.ui.charts import chart, drawn
from kam.ui.links import link_to_account
from kam.ui.markdown import escape_markdown
from kam.ui.one_account import account_labels, row_of
from kam.ui.tables import save_as_csv, table
from kam.ui.weights import Chosen

MANY, FIRST_DRAWS = 1_500, 1_000
_SHOWN = 8


def first_draws(book: Book, accounts: int, asked: Asked) -> int | None:
    """Say how many draws to answer with first; None is all. A large book answers, then refines.

    Call `refine` with the same book in view and arguments at the end of the page.
    """
    return FIRST_DRAWS if accounts > MANY and st.session_state.get("refined") != (book.view_key, asked) else None


def refine(book: Book, draws: int | None, asked: Asked) -> None:
    """Run the page again with all draws, if it was answered with few."""
    if draws is not None:
        st.caption(
            _("Answered from {draws} weightings; refining with {weightings} …").format(
                draws=count(draws), weightings=count(WEIGHTINGS)
            )
        )
        st.session_state["refined"] = (book.view_key, asked)
        st.rerun()


def as_if_alike(book: Book, key: pd.DataFrame, policy: pd.Series, picked: Chosen, asked: Asked) -> pd.DataFrame | None:
    """Answer who would be key were all accounts alike in what nobody has rated; None if there is no such criterion."""
    missing = words.unknown_to_all(key)
    weights = picked.weights or tuple(policy[list(CRITERIA)])
    otherwise = words.without(missing, weights, picked.kappa or policy["kappa"]) if missing else None
    return None if otherwise is None else ask(book.key_accounts, **cast("Asked", {**asked, **otherwise}))


def came_and_went(moves: pd.DataFrame) -> None:
    """List who entered and who left the list, each with its reason and its link."""
    st.caption(words.moves_finding(moves))
    for column, move, title in zip(
        st.columns(2, gap="large"), ("enters", "leaves"), (_("Entered"), _("Left")), strict=True
    ):
        rows = moves[moves["move"] == move]
        if rows.empty:
            continue
        with column:
            st.markdown(f"**{title}**")
            for _each, row in rows.head(_SHOWN).iterrows():
                with st.container(horizontal=True, vertical_alignment="center"):
                    link_to_account(row["account_id"], row["name"])
                    st.caption(escape_markdown(words.move_reason(row)))
            if (more := len(rows) - _SHOWN) > 0:
                st.caption(
                    ngettext("{more} more is in the CSV.", "{more} more are in the CSV.", more).format(more=count(more))
                )
    if not moves.empty:
        save_as_csv(moves, file="key account moves", key="moves")


def taken_apart(book: Book, key: pd.DataFrame, account: str, asked: Asked) -> None:
    """Show one account's criteria with their parts and what would make it key; a second one's beside it if wanted."""
    labels = account_labels(key)
    others = [each for each in labels if each != account]
    beside = st.selectbox(
        _("Beside it"),
        others,
        index=None,
        format_func=labels.__getitem__,
        key="beside",
        placeholder=_("a second account to compare"),
        bind="query-params",
    )
    chosen = (account,) if beside is None else (account, beside)
    parts = {each: ask(book.criterion_parts, account_id=each, half_life=asked["half_life"]) for each in chosen}
    show_score_parts(key, parts)
    for column, each in zip(st.columns(len(chosen), gap="large"), chosen, strict=True):
        with column:
            levers = ask(book.key_levers, account_id=each, **asked)
            st.markdown(escape_markdown(words.levers_finding(levers, row_of(key, each)["p_key"])))
            table(parts[each], PART_COLUMNS, key=f"parts {len(each)} {chosen.index(each)}", file=f"score {each}")
    rating_anchors()


def show_score_parts(key: pd.DataFrame, parts: Mapping[str, pd.DataFrame]) -> None:
    """Draw the criteria of some accounts, with the parts of each."""
    rows = key.set_index("account_id", drop=False).loc[list(parts)]
    every = pd.concat([each.assign(account_id=account) for account, each in parts.items()], ignore_index=True)
    chart(drawn(score_parts_figure, rows, every), key="score parts")


def rating_anchors() -> None:
    """Offer what a rating of 1, 3 and 5 is, in the customer's behaviour."""
    with st.popover(_("What a rating of 1, 3 and 5 is"), icon=":material/menu_book:", type="tertiary"):
        for criterion, anchors in RATING_ANCHORS.items():
            st.markdown(f"**{criterion[0].upper()}{criterion[1:]}**")
            for score, text in anchors.items():
                st.markdown(f"{score}: {text}")
