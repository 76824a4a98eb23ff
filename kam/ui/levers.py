"""The levers at the left of the What-if page: those that are set, each to be moved or taken away, and a new one."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from kam.base.errors import QuestionError
from kam.base.terms import CLASS_NAMES, CLASSES
from kam.base.texts import _
from kam.book import Book
from kam.portfolio.words_absent import NO_CATEGORY_LEVER
from kam.ui.markdown import escape_markdown
from kam.ui.remembered import ask
from kam.ui.scenario_in_hand import InHand, add, load, names, remove, replace
from kam.whatif import words_levers as words
from kam.whatif.scenario import Lever

_PERCENT = ("list_price", "discount_change", "discount_cap", "unit_cost", "volume")
_START = {"list_price": 3.0, "discount_change": -2.0, "discount_cap": 12.0, "unit_cost": 5.0, "volume": -10.0}
_REACH = {
    "list_price": (-20.0, 20.0),
    "discount_change": (-20.0, 20.0),
    "discount_cap": (0.0, 50.0),
    "unit_cost": (-20.0, 20.0),
    "volume": (-100.0, 100.0),
}
_WHOLE_ACCOUNTS = ("account", "parent", "rung", "industry", "region", "manager", "class")
_PROBLEM = "lever problem"


def show_levers(book: Book, held: InHand, table: pd.DataFrame) -> None:
    """Draw the levers of the scenario in hand, and a way to add one.

    Parameters
    ----------
    table
        The frame of `Book.simulate`, which tells what this book has no data for.
    """
    known = names(book)
    if not held.whole.levers:
        st.caption(_("No lever is set: this is the baseline. Add one, or take a stress test below."))
    for number, lever in enumerate(held.whole.levers):
        _lever(book, held, number, lever, known)
    _new_lever(
        book, held, known, has_costs=bool(table.set_index("measure").loc["margin", "baseline":"scenario"].notna().all())
    )
    if held.whole.levers:
        st.button(
            _("Take all away"), on_click=load, args=("",), icon=":material/undo:", type="tertiary", key="no levers"
        )


def _lever(book: Book, held: InHand, number: int, lever: Lever, known: Mapping[str, str]) -> None:
    with st.container(border=True, gap="xxsmall"):
        said, away = st.columns([5, 1], vertical_alignment="top", wrap=False, gap="xxsmall")
        said.markdown(escape_markdown(words.lever(lever, known, book.currency)))
        away.button(
            "",
            icon=":material/close:",
            type="tertiary",
            key=f"lever away {number}",
            on_click=remove,
            args=(held.whole, number),
            help=_("Take this lever away"),
        )
        if lever not in held.applied.levers:
            st.caption(_(":material/warning: Not applied here."))
        if lever.kind in _PERCENT:
            key = f"lever {number}"
            low, high = _REACH[lever.kind]
            value = round(100 * lever.value, 4)
            st.session_state[key] = value
            st.slider(
                words.KINDS[lever.kind],
                min(low, value),
                max(high, value),
                step=0.5,
                format="%.1f%%",
                key=key,
                label_visibility="collapsed",
                on_change=_moved,
                args=(held, number, lever, key),
            )


def _moved(held: InHand, number: int, lever: Lever, key: str) -> None:
    replace(held.whole, number, Lever(lever.kind, round(st.session_state[key] / 100, 6), lever.scope, lever.target))


def _new_lever(book: Book, held: InHand, known: Mapping[str, str], *, has_costs: bool) -> None:
    targets = ask(book.what_if_targets)
    has_list = ask(book.by_account.accounts)["discount_rate"].notna().any()
    kinds = [
        kind
        for kind in words.KINDS
        if (kind != "unit_cost" or has_costs) and (not kind.startswith("discount") or has_list)
    ]
    with st.expander(_("Add a lever"), icon=":material/add:", expanded=not held.whole.levers):
        kind = st.selectbox(
            _("What"), kinds, format_func=words.KINDS.__getitem__, key="new kind", index=kinds.index("list_price")
        )
        made = _win() if kind == "win" else _change(kind, targets)
        if made:
            st.caption(escape_markdown("; ".join(words.lever(lever, known, book.currency) for lever in made)))
        st.button(
            _("Add"),
            icon=":material/add:",
            key="add lever",
            on_click=_add,
            args=(held, made),
            disabled=not made,
            width="stretch",
        )
        if problem := st.session_state.pop(_PROBLEM, None):
            st.warning(escape_markdown(problem))
        lacks = [
            *([] if has_costs else [_("unit costs, margins, CLV and break-even need cost_amount in the sales")]),
            *([] if has_list else [_("discounts need list_amount in the sales")]),
            *([] if book.has("products") else [NO_CATEGORY_LEVER]),
        ]
        if lacks:
            st.caption(_("What this book cannot tell: {lacks}.").format(lacks="; ".join(lacks)))


def _add(held: InHand, made: Sequence[Lever]) -> None:
    st.session_state[_PROBLEM] = add(held.whole, made)


def _change(kind: str, targets: pd.DataFrame) -> list[Lever]:
    scope, chosen = _whom(kind, targets)
    value = 0.0
    if kind == "rung_move":
        value = (
            1.0
            if st.segmented_control(
                _("Which way"),
                ["up", "down"],
                format_func={"up": _("up"), "down": _("down")}.__getitem__,
                default="up",
                required=True,
                key="new way",
            )
            == "up"
            else -1.0
        )
    elif kind in _PERCENT:
        low = 0.0 if kind == "discount_cap" else -99.0 if kind in {"list_price", "discount_change"} else -100.0
        if kind == "list_price":
            low = -95.0
        value = (
            st.number_input(
                {"discount_cap": _("At most (%)"), "discount_change": _("Change (points)")}.get(kind, _("Change (%)")),
                low,
                99.0 if kind.startswith("discount") else 1000.0,
                _START[kind],
                step=0.5,
                key=f"new {kind}",
            )
            / 100
        )
    try:
        return [Lever(kind, round(value, 6), scope, target) for target in chosen]
    except QuestionError:
        return []


def _whom(kind: str, targets: pd.DataFrame) -> tuple[str, list[str]]:
    present = set(targets["scope"]) | {"class"}
    scopes = [
        scope
        for scope in words.SCOPES
        if (scope in present or scope == "all") and (kind not in {"loss", "rung_move"} or scope in _WHOLE_ACCOUNTS)
    ]
    scope = st.selectbox(
        _("Of whom"), scopes, format_func=words.SCOPES.__getitem__, key=f"new scope {kind in ('loss', 'rung_move')}"
    )
    if scope == "all":
        return scope, [""]
    if scope == "class":
        options, labels = list(CLASSES), dict(CLASS_NAMES)
    else:
        own = targets[targets["scope"] == scope]
        options = own["target"].tolist()
        labels = {
            target: words.RUNGS.get(target, target) if scope == "rung" else label
            for target, label in zip(options, own["label"], strict=True)
        }
        twice = (
            {label for label in labels.values() if list(labels.values()).count(label) > 1}
            if scope in {"account", "parent"}
            else set()
        )
        labels = {target: f"{label} ({target})" if label in twice else label for target, label in labels.items()}
    chosen = st.multiselect(
        _("Which"),
        options,
        format_func=labels.__getitem__,
        key=f"new target {scope}",
        placeholder=_("Choose one or more"),
    )
    return scope, chosen


def _win() -> list[Lever]:
    name = st.text_input(_("Name of the new account"), _("New account"), max_chars=80, key="new name")
    revenue = st.number_input(_("Revenue a year"), 0.0, 1e12, 500_000.0, step=10_000.0, key="new revenue")
    rate = st.number_input(
        _("Margin rate (%)"), -100.0, 100.0, None, step=1.0, key="new margin rate", placeholder=_("unknown")
    )
    try:
        return [Lever("win", revenue, "all", name.strip(), None if rate is None else rate / 100)]
    except QuestionError:
        return []
