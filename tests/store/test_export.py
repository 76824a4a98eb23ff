"""What was written goes out as CSV that is safe in a spreadsheet, and comes back in as it was."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kam
from kam.intake.spreadsheet import as_csv
from kam.store.changes import Change
from kam.store.layout import AUTHORED
from tests import small_book

TEXTS = (
    *small_book.HOSTILE,
    "=1+1",
    "'=1+1",
    "''-1",
    "+49 30",
    "-5",
    "@home",
    "'quoted'",
    'a "b", c',
    "two\nlines",
    "ä\tb",
)


def test_every_authored_table_comes_back_as_it_went_out(small_folder: Path, tmp_path: Path) -> None:
    book = kam.open_book(small_folder)
    for place, text in enumerate(TEXTS):
        plan = {
            "account_id": "A01",
            "name": text,
            "customer_goal": f"x {text}",
            "starts_on": "2026-10-01",
            "ends_on": "2027-09-30",
        }
        step = {"plan_id": f"T{place}", "title": text, "owner": text, "baseline_on": "2026-12-01"}
        book.write([Change("plans", f"T{place}", plan), Change("milestones", f"T{place}", step)], who="Ada")
    out = {name: book.records(name).drop(columns="version") for name in AUTHORED}
    tables = small_book.only(small_book.tables(), "sales", "accounts", "products", "managers", "surveys")
    other = small_book.write(tmp_path / "other", tables)
    for name, frame in out.items():
        if not frame.empty:
            (other / f"{name}.csv").write_bytes(as_csv(frame))

    again = kam.open_book(other)

    assert again.refused(table=None).empty
    for name, frame in out.items():
        pd.testing.assert_frame_equal(again.records(name).drop(columns="version"), frame, check_dtype=False)
        if not frame.empty:
            assert as_csv(again.records(name).drop(columns="version")) == (other / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_as_a_formula(lead: str) -> None:
    (line,) = as_csv(pd.DataFrame({"x": [f"{lead}1+1"]})).decode("utf-8-sig").strip("\n").split("\n")[1:]
    assert line.strip('"').startswith("'")


@given(st.text(st.sampled_from("'=+-@a "), max_size=5))
def test_two_texts_never_go_out_as_one(text: str) -> None:
    assert as_csv(pd.DataFrame({"x": [text]})) != as_csv(pd.DataFrame({"x": [f"'{text}"]}))
