"""Five accounts whose evidence can be worked out by hand: A is a partner in everything, E a broker."""

import datetime as dt
from collections.abc import Sequence

import duckdb

from tests.relations import Row, line, relations

AS_OF = dt.date(2026, 9, 30)
PRODUCTS = tuple({"product_id": f"P{number}", "category": f"C{number}"} for number in (1, 2, 3))
# One list price of 100 a line, so that the net amount tells the discount.
SALES = (
    line("A", "2026-09-01", 100, list_amount=100, product_id="P1"),
    line("A", "2026-09-01", 100, list_amount=100, product_id="P2"),
    line("A", "2026-09-01", 100, list_amount=100, product_id="P3"),
    line("B", "2026-09-01", 90, list_amount=100, product_id="P1"),
    line("C", "2026-09-01", 80, list_amount=100, product_id="P1"),
    line("D", "2026-09-01", 80, list_amount=100, product_id="P1"),
    line("E", "2026-09-01", 70, list_amount=100, product_id="P1"),
)
CONTACTS = (
    {"contact_id": "K1", "account_id": "A", "name": "Mina", "influence": 4},
    {"contact_id": "K2", "account_id": "A", "name": "Omid", "influence": 1},
)
SURVEYS = (
    {"survey_id": "S1", "account_id": "A", "survey_date": AS_OF, "contact_id": "K1", "perception": 3, "nps": 9},
    {"survey_id": "S2", "account_id": "E", "survey_date": AS_OF, "perception": 1},
)


def small_book(
    *, sales: Sequence[Row] = SALES, surveys: Sequence[Row] = SURVEYS, accounts: Sequence[Row] = ()
) -> duckdb.DuckDBPyConnection:
    """Open the five accounts, with other sales, surveys or account rows where given."""
    return relations(sales, products=PRODUCTS, contacts=CONTACTS, surveys=surveys, accounts=accounts)
