"""A file's header shows the system it comes from; what the reader has written goes before what the recipe says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kam.base.errors import BookError
from kam.intake import recipe
from kam.intake.recipe import layouts, merged, recognised
from kam.intake.settings import TableSettings, table_settings

XERO = ["ContactName", "InvoiceNumber", "InvoiceDate", "Total", "InventoryItemCode", "LineAmount", "Type", "Status"]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder of recipes that holds only what a test writes into it."""
    monkeypatch.setattr(recipe, "_FOLDER", tmp_path)
    layouts.cache_clear()
    yield tmp_path
    layouts.cache_clear()


def test_every_recipe_is_recognised_by_its_own_words_and_by_no_fewer() -> None:
    for stem, layout in layouts().items():
        names = [name if isinstance(name, str) else name[0] for name in layout["recognise"]]
        found = recognised(names)
        assert found is not None, stem
        assert found.name == layout["name"], stem
        for left_out in names:
            rest = recognised([name for name in names if name != left_out])
            assert rest is None or rest.name != layout["name"], (stem, left_out)


def test_every_recipe_knows_the_day_and_the_customer() -> None:
    for stem, layout in layouts().items():
        assert {"order_date", "account_id"} <= set(layout["sales"]["columns"]), stem


def test_capitals_spaces_signs_and_stars_of_a_header_do_not_matter() -> None:
    found = recognised(["*Contact Name", "invoice_number", "INVOICEDATE", "Inventory-Item Code ", "*Line Amount"])
    assert found is not None
    assert found.settings.columns["net_amount"] == "*Line Amount"
    assert found.settings.columns["account_id"] == "*Contact Name"


def test_columns_that_the_file_lacks_are_passed_over_and_the_first_of_several_is_taken() -> None:
    found = recognised(XERO)
    assert found is not None
    assert "tax_amount" not in found.settings.columns
    assert found.settings.columns["order_amount"] == ""
    assert found.settings.returns == {"Type": ["Sales credit note", "ACCRECCREDIT"]}
    assert found.settings.carry_down == ["ContactName", "InvoiceDate", "Type", "Status"]
    stripe = recognised(["id", "Created (UTC)", "Amount", "Amount Refunded", "Currency", "Status", "Customer Email"])
    assert stripe is not None
    assert stripe.settings.columns["account_id"] == "Customer Email"
    assert "account_name" not in stripe.settings.columns  # one column of a file is read for one thing


def test_what_no_column_stands_for_is_left_out_where_the_recipe_says_so(written: Path) -> None:
    (written / "a.toml").write_text(
        'name = "A"\nrecognise = ["Day"]\n[sales.columns]\ndiscount = ["Line discount", ""]\nnet_amount = ["Net"]\n'
        '[sales.amounts]\nnet_amount = "line"\ndiscount = "piece"\n'
    )
    bare, full = recognised(["Day", "Discount"]), recognised(["Day", "Net", "Discount", "Line Discount"])
    assert bare is not None
    assert full is not None
    assert (bare.settings.columns, bare.settings.amounts) == ({"discount": ""}, {})
    assert full.settings.columns == {"discount": "Line Discount", "net_amount": "Net"}
    assert full.settings.amounts == {"net_amount": "line", "discount": "piece"}


def test_the_recipe_that_asks_for_most_wins_and_equals_are_none(written: Path) -> None:
    (written / "a.toml").write_text('name = "A"\nrecognise = ["Day", "Buyer"]\n')
    (written / "b.toml").write_text('name = "B"\nrecognise = ["Day", "Buyer", "Sum"]\nnever = ["Draft"]\n')
    (written / "c.toml").write_text('name = "C"\nrecognise = ["Day", "Sum", ["Client", "Payer"]]\n')
    assert _name(["Day", "Buyer"]) == "A"
    assert _name(["Day", "Buyer", "Sum"]) == "B"
    assert _name(["Day", "Buyer", "Sum", "Draft"]) == "A"
    assert _name(["Day", "Sum", "Payer"]) == "C"
    assert _name(["Day", "Buyer", "Sum", "Client"]) is None
    assert _name(["Buyer"]) is None


def _name(names: list[str]) -> str | None:
    found = recognised(names)
    return found.name if found else None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("colour = 1", "'colour'"),
        ("[sales.columns]\ncustomer = 'X'", "'customer'"),
        ("[sales]\ndate_format = 'd/m/y'", "date_format"),
        ("[sales.amounts]\nnet_amount = 'page'", "net_amount"),
    ],
)
def test_a_recipe_is_checked_like_a_book_toml(written: Path, line: str, told: str) -> None:
    (written / "a.toml").write_text(f'name = "A"\nrecognise = ["Day"]\n{line}\n')
    with pytest.raises(BookError, match=re.escape(told)):
        recognised(["Day"])


def test_without_a_recipe_the_reader_alone_decides() -> None:
    own = TableSettings(columns={"net_amount": "Total"})
    assert merged(None, own) == own


def test_a_readers_settings_go_before_the_recipes_key_by_key() -> None:
    own = table_settings(
        "sales",
        {
            "columns": {"net_amount": "Total"},
            "decimal": ",",
            "leave_out": {"Status": ["Paid"]},
            "returns": {"Type": ["Refund"]},
            "keep": {"Status": ["VOIDED"]},
            "skip": ["sales.csv 7"],
        },
    )
    both = merged(recognised(XERO), own)
    assert both.columns["net_amount"] == "Total"
    assert both.columns["order_id"] == "InvoiceNumber"
    assert "net_amount" not in both.amounts
    assert both.decimal == ","
    assert both.skip == ["sales.csv 7"]
    assert both.leave_out["Status"] == ["Draft", "Submitted", "Awaiting Approval", "Deleted", "Paid"]
    assert both.keep["Status"] == ["Authorised", "Awaiting Payment", "VOIDED"]
    assert both.returns["Type"] == ["Sales credit note", "ACCRECCREDIT", "Refund"]


def test_a_column_that_the_reader_gives_another_meaning_loses_the_recipes() -> None:
    both = merged(recognised(XERO), TableSettings(columns={"account_name": "ContactName", "account_id": "Total"}))
    assert both.columns["account_name"] == "ContactName"
    assert list(both.columns.values()).count("ContactName") == 1


def test_a_date_order_belongs_to_its_column(written: Path) -> None:
    (written / "a.toml").write_text(
        'name = "A"\nrecognise = ["Day"]\n[sales]\ndate_format = "d-m-y"\n[sales.columns]\norder_date = "Day"\n'
    )
    found = recognised(["Day", "Paid"])
    assert merged(found, TableSettings()).date_format == "d-m-y"
    assert merged(found, TableSettings(columns={"order_date": "Paid"})).date_format is None
    assert merged(found, TableSettings(date_format="m-d-y")).date_format == "m-d-y"


VIEWS = {
    "Odoo, technical names": (
        [
            "name",
            "partner_id",
            "invoice_date",
            "state",
            "invoice_line_ids/product_id",
            "invoice_line_ids/quantity",
            "invoice_line_ids/price_subtotal",
        ],
        {"order_id": "name", "account_id": "partner_id", "net_amount": "invoice_line_ids/price_subtotal"},
    ),
    "Odoo, sales analysis": (
        ["Order Reference", "Order Date", "Customer", "Product Variant", "Qty Ordered", "Untaxed Total", "Total"],
        {"order_date": "Order Date", "net_amount": "Untaxed Total", "amount_with_tax": "Total"},
    ),
    "Dynamics 365, any view": (
        [
            "(Do Not Modify) Sales Line",
            "(Do Not Modify) Row Checksum",
            "(Do Not Modify) Modified On",
            "Customer",
            "Created On",
            "Amount",
        ],
        {"order_date": "Created On", "account_id": "Customer", "order_id": "", "product_id": ""},
    ),
    "Business Central, amount less the invoice's discount": (
        [
            "Document Type",
            "Document No.",
            "Posting Date",
            "Sell-to Customer No.",
            "Type",
            "No.",
            "Quantity",
            "Line Amount",
            "Amount",
            "Amount Including VAT",
        ],
        {"net_amount": "Amount", "amount_with_tax": "Amount Including VAT", "document_type": "Document Type"},
    ),
    "QuickBooks, customer on every line": (
        ["Date", "Transaction Type", "Num", "Customer", "Product/Service", "Qty", "Sales Price", "Amount", "Balance"],
        {"account_id": "Customer", "quantity": "Qty", "net_amount": "Amount", "order_amount": ""},
    ),
    "Shopify, a private buyer's shop": (
        [
            "Name",
            "Financial Status",
            "Created at",
            "Discount Amount",
            "Lineitem quantity",
            "Lineitem name",
            "Lineitem price",
            "Email",
        ],
        {"account_id": "Email", "discount": "", "product_id": "Lineitem name"},
    ),
    "Iran, without the unit": (
        ["شرح كالا يا خدمات", "تعداد", "مبلغ واحد", "مبلغ کل", "مبلغ کل پس از تخفیف", "تاریخ", "نام خریدار"],
        {"account_id": "نام خریدار", "net_amount": "مبلغ کل پس از تخفیف", "list_amount": "مبلغ کل", "unit_price": ""},
    ),
}


@pytest.mark.parametrize(("names", "columns"), VIEWS.values(), ids=VIEWS.keys())
def test_other_views_of_the_same_systems(names: list[str], columns: dict[str, str]) -> None:
    found = recognised(names)
    assert found is not None
    assert {column: found.settings.columns.get(column) for column in columns} == columns
