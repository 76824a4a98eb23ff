"""Lifetime value in words: the method with its reason, doubts, what is unknown, one account."""

import numpy as np
import pandas as pd
import pytest

from kam.lifetime.words import LAST_YEAR, MODEL, SIMPLE, account_note, back_test_title, doubt, reason, unvalued

METHOD = {
    "method": MODEL,
    "purchases_method": MODEL,
    "refusal": None,
    "measure": "margin",
    "test_months": 12.0,
    "model_value_error": 120.4,
    "last_value_error": 150.0,
    "model_value_total": -0.041,
    "last_value_total": 0.096,
    "model_purchases_total": 0.02,
    "last_purchases_total": -0.1,
    "retention": 0.8,
    "is_doubtful": False,
    "correlation": 0.1,
}
ROW = {"clv": 1_200.0, "clv_low": 100.0, "clv_high": 3_000.0, "p_alive": 0.91, "frequency": 4.0, "method": MODEL}


def method(**changed: object) -> pd.Series:
    return pd.Series({**METHOD, **changed})


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            method(),
            (
                "In the last 12 months the model missed what an account brought by EUR 120 on average, “same as last"
                " year” by EUR 150: accounts are valued by the model. In sum that foretold 4.1 % too little."
            ),
        ),
        (
            method(method=LAST_YEAR, test_months=8.0, last_value_error=90.0),
            (
                "In the last 8 months the model missed what an account brought by EUR 120 on average, “same as the 8"
                " months before” by only EUR 90.0: accounts are valued as bringing the same again. In sum that foretold"
                " 9.6 % too much. How often they buy was foretold better by the model, so purchases are the model's."
            ),
        ),
        (
            method(method=LAST_YEAR, purchases_method=LAST_YEAR, last_value_error=90.0, last_value_total=np.nan),
            (
                "In the last 12 months the model missed what an account brought by EUR 120 on average, “same as last"
                " year” by only EUR 90.0: accounts are valued as bringing the same again."
            ),
        ),
        (
            method(method=SIMPLE, measure="revenue", refusal="The book has 9 accounts; the model needs 100."),
            (
                "Each account is valued by its revenue of twelve months and the retention of its peers, since there is"
                " no model of its purchases to trust. The book has 9 accounts; the model needs 100."
            ),
        ),
    ],
)
def test_the_method_is_told_with_its_reason(row: pd.Series, sentence: str) -> None:
    assert reason(row, "EUR") == sentence


def test_a_doubt_is_told_only_of_a_model_in_use() -> None:
    doubtful = {"is_doubtful": True, "correlation": 0.42, "measure": "revenue"}
    assert "also bring more a purchase (correlation 0.42)" in doubt(method(**doubtful))
    assert doubt(method(**doubtful, method=SIMPLE)) == doubt(method()) == ""


@pytest.mark.parametrize(
    ("row", "title"),
    [
        (method(), "The model foretold 2.0 % too many purchases, “same as last year” 10.0 % too few"),
        (
            method(model_purchases_total=np.nan, test_months=4.0),
            "“Same as the 4 months before” foretold 10.0 % too few purchases; no model stands beside it",
        ),
        (
            method(model_purchases_total=np.nan, last_purchases_total=np.nan),
            "Nothing was bought in the months to test on",
        ),
        (method(test_months=np.nan), "Nothing to test on yet"),
    ],
)
def test_the_title_of_the_back_test_says_how_far_off_both_were(row: pd.Series, title: str) -> None:
    assert back_test_title(row) == title


@pytest.mark.parametrize(
    ("row", "how", "sentence"),
    [
        (
            {},
            {},
            (
                "Worth EUR 1.20 k of margin, next 12 months; 90 % range EUR 100 to EUR 3.00 k. The chance that it"
                " still is a customer is 91.0 %. Method: BG/NBD and gamma-gamma."
            ),
        ),
        (
            {"p_alive": np.nan, "method": SIMPLE},
            {"method": SIMPLE},
            "Worth EUR 1.20 k of margin, all years ahead; 90 % range EUR 100 to EUR 3.00 k. Method: simple.",
        ),
        ({"clv": np.nan}, {}, "What this account is worth is unknown: no line of it has a cost."),
        (
            {"clv": np.nan, "frequency": np.nan},
            {},
            "What this account is worth is unknown: it never brought more than it sent back.",
        ),
        (
            {"clv": np.nan},
            {"method": SIMPLE, "retention": np.nan},
            (
                "What this account is worth is unknown: retention needs sales of two years, and the book holds"
                " no account of"
                " a year ago."
            ),
        ),
    ],
)
def test_one_account_is_told_with_its_range_and_its_method(row: dict, how: dict, sentence: str) -> None:
    assert account_note(pd.Series({**ROW, **row}), method(**how), 12, "EUR") == sentence


def test_who_has_no_value_is_counted_with_the_reason() -> None:
    total = pd.Series({"accounts": 120, "valued": 113})
    assert unvalued(total, method(measure="revenue")) == (
        "7 of 120 accounts cannot be valued: they never brought more than they sent back."
    )
    assert unvalued(total, method()).endswith("sent back, or have no cost on any line.")
    assert unvalued(pd.Series({"accounts": 2, "valued": 2}), method()) == ""
    nobody = unvalued(pd.Series({"accounts": 2, "valued": 0}), method(method=SIMPLE, retention=np.nan))
    assert nobody.startswith("No account can be valued: retention needs sales of two years")
