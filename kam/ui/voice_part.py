"""What customers say and complain of, in one row: satisfaction, problems and referrals, of a book or of one account."""

import pandas as pd
import streamlit as st

from kam.base.numbers import count, known, money
from kam.base.texts import _
from kam.book import Book
from kam.ui.answers import ask
from kam.ui.cards import Card, cards, defined
from kam.ui.markdown import escape_markdown
from kam.ui.one_account import row_of
from kam.ui.printing import printing
from kam.ui.relationships_page import tables_of
from kam.ui.tables import rows_behind, table
from kam.voice import words

_TABLES = ("surveys", "cases", "referrals")


def voice(book: Book, account: str | None = None) -> None:
    """Show satisfaction with n and error, open problems, time to resolve and referrals, and the rows behind each."""
    has = tables_of(book)
    if not has & set(_TABLES):
        st.info(
            _(
                "What customers say and complain of is not in this book. Add surveys (satisfaction), "
                "cases (problems) and referrals, even a few rows: they are the earliest sign that an "
                "account may leave."
            ),
            icon=":material/info:",
        )
        return
    said = _satisfaction(book, account)
    open_now, solved = _problems(book, account)
    made = _referrals(book, account)
    sentences = [words.satisfaction(said)] if "surveys" in has else []
    sentences += [words.problems(open_now, solved)] if "cases" in has else []
    sentences += [words.referrals(int(made["made"]), int(made["won"]), made["revenue"], book.currency)] * (
        "referrals" in has
    )
    st.markdown(escape_markdown(" ".join(sentences)))
    unknown = float("nan")
    change = words.nps(said["nps_change"]) if known(said["nps_change"]) else None
    is_sure = said["changed"] in {"better", "worse"}
    cards(
        [
            Card(
                _("NPS (n = {answers})").format(answers=count(said["responses"])),
                said["nps"],
                lambda value: words.nps_with_error(value, said["nps_se"]),
                change,
                good=True if is_sure else None,
                explained=defined(book, "NPS"),
            ),
            Card(
                _("CSAT (n = {answers})").format(answers=count(said["csat_responses"])),
                said["csat"],
                _of_five,
                explained=_("Mean satisfaction of the answers of twelve months: 1 poor to 5 excellent."),
            ),
            Card(
                _("Open problems"),
                len(open_now) if "cases" in has else unknown,
                count,
                explained=defined(book, "time to resolve"),
            ),
            Card(_("Past target"), open_now["overdue"].sum() if "cases" in has else unknown, count),
            Card(_("Days to solve"), solved["median_days"], count, explained=defined(book, "time to resolve")),
            Card(
                _("From referrals"),
                made["revenue"] if "referrals" in has else unknown,
                lambda value: money(value, book.currency),
                explained=defined(book, "referrals"),
            ),
        ]
    )
    _rows(book, account)
    if account is None and "cases" in has:
        _how_fast(book)


def _satisfaction(book: Book, account: str | None) -> pd.Series:
    if account is None:
        return ask(book.satisfaction_total).iloc[0]
    return row_of(ask(book.satisfaction), account)


def _problems(book: Book, account: str | None) -> tuple[pd.DataFrame, pd.Series]:
    one = {"account_id": account}
    return ask(book.problems, **one), ask(book.time_to_resolve, by=None, **one).iloc[0]


def _referrals(book: Book, account: str | None) -> pd.Series:
    made = ask(book.referrals)
    return made[["made", "won", "revenue"]].sum() if account is None else row_of(made, account)


def _rows(book: Book, account: str | None) -> None:
    numbers = {
        _("Answers"): (lambda: ask(book.survey_answers, account), words.ANSWER_COLUMNS),
        _("Open problems"): (lambda: ask(book.problems, account), words.PROBLEM_COLUMNS),
        _("Solved problems"): (lambda: ask(book.solved_problems, account), words.SOLVED_COLUMNS),
        _("Referrals"): (lambda: ask(book.referral_rows, account), words.REFERRAL_COLUMNS),
    }
    if account is None:
        numbers |= {
            _("NPS by account"): (lambda: ask(book.satisfaction).query("responses > 0"), words.SATISFACTION_COLUMNS)
        }
    rows_behind(
        numbers,
        key="voice_rows",
        file="voice" if account is None else f"voice {account}",
        currency=book.currency,
        opens=account is None,
    )


def _how_fast(book: Book) -> None:
    if printing():
        return
    with st.popover(_("How fast, by department and manager"), icon=":material/speed:", type="tertiary"):
        for by in ("department", "manager"):
            found = ask(book.time_to_resolve, by=by)
            table(found, words.resolve_columns(by), key=f"resolve {by}", file=f"time to resolve by {by}")


def _of_five(value: object) -> str:
    return _("{score:.1f} of 5").format(score=float(str(value))) if known(value) else count(value)
