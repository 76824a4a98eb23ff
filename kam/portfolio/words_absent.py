"""What a book cannot tell because its sales name no product or quantity: what is missing, why it matters, what to add.

Shares are those of the book's sales lines that name a product, or a quantity: 0 none, 1 all.
"""

import datetime as dt

from kam.base.numbers import month, percent
from kam.base.texts import _

NO_WHITE_SPACE = _(
    "No line of the sales says which product was bought, so what accounts do not buy yet "
    "cannot be told. Add product_id to the sales, and a products table with the category of "
    "each product."
)
NO_BETTER_VERSIONS = _(
    "No line of the sales says which product was bought, so nobody can tell who buys a base "
    "version. Add product_id to the sales, and better_version_id to a products table."
)
NO_SOLUTIONS = _(
    "No line of the sales says which product was bought, so nobody can tell where its "
    "service is missing. Add product_id to the sales, and companion_id to a products table."
)
NO_BREADTH = _(
    "No line of the sales says which product was bought, so how broadly an account buys, and "
    "how much of it are services and solutions, says nothing about its rung. Add product_id "
    "to the sales to hear these signals."
)
NOTHING_NAMED = _(
    "No line of this account says which product was bought, so what it buys cannot be told "
    "by category. Add product_id to the sales."
)
NO_CATEGORY_GAPS = _(
    "What it could buy beyond is not among the proposals, since no line of the sales says "
    "which product was bought. Add product_id to the sales."
)
NO_CATEGORY_LEVER = _("levers on one product category need product_id in the sales and a category for each product")
_UNDIVIDED = {
    (True, False): _(
        "No line has a quantity, so what was bought more or less cannot be divided into price, "
        "volume and mix. Add quantity to the sales."
    ),
    (False, True): _(
        "No line names a product, so what was bought more or less cannot be divided into price, "
        "volume, mix and products. Add product_id to the sales."
    ),
    (False, False): _(
        "No line names a product or a quantity, so what was bought more or less cannot be divided "
        "into price, volume, mix and products. Add product_id and quantity to the sales."
    ),
}
_NO_VOLUME = {
    (True, False): _(
        "No line has a quantity, so whether volume followed the discounts cannot be told. Add quantity to the sales."
    ),
    (False, True): _(
        "No line names a product, so whether volume followed the discounts cannot be told. Add product_id to the sales."
    ),
    (False, False): _(
        "No line names a product or a quantity, so whether volume followed the discounts cannot be "
        "told. Add product_id and quantity to the sales."
    ),
}
"""What is said by whether any line names a product, and whether any has a quantity."""


def undivided_note(products: float, quantities: float) -> str | None:
    """Say why a bridge leaves growth and decline undivided; None where every line names a product and a quantity.

    >>> undivided_note(1.0, 0.0)[:80]
    'No line has a quantity, so what was bought more or less cannot be divided into p'
    >>> undivided_note(1.0, 1.0) is None
    True
    """
    if min(products, quantities) >= 1:
        return None
    if min(products, quantities) > 0:
        return _(
            "{with_product} of the sales lines name a product and {with_quantity} a quantity; what was "
            "bought more or less without them is not divided into price, volume and mix."
        ).format(with_product=percent(products), with_quantity=percent(quantities))
    return _UNDIVIDED[products > 0, quantities > 0]


def volume_note(products: float, quantities: float) -> str | None:
    """Say why nobody knows whether volume followed a discount; None where any line tells of products and quantities.

    >>> volume_note(0.0, 1.0)
    'No line names a product, so whether volume followed the discounts cannot be told. Add product_id to the sales.'
    """
    if min(products, quantities) > 0:
        return None
    return _NO_VOLUME[products > 0, quantities > 0]


def left_out_of_erosion(quantities: float) -> str | None:
    """Say that discounts on lines without a quantity are not in the list; None where every line has one."""
    if quantities >= 1:
        return None
    return _(
        "{share} of the sales lines have no quantity; where an account has such lines in a "
        "category, whether volume followed is not known, and it is not listed."
    ).format(share=percent(1 - quantities))


def sales_notes(products: float, quantities: float) -> list[str]:
    """Say for the Data page what the sales do not tell beside date, customer and amount, and what that costs.

    >>> sales_notes(1.0, 0.25)
    ['25.0 % of the sales lines have a quantity: the rest counts as revenue, with its price and volume untold.']
    """
    found = []
    if not products:
        found.append(
            _(
                "No line names a product: white space, better versions, whole solutions, mix and "
                "cross-selling are not told. Add product_id to the sales."
            )
        )
    elif products < 1:
        found.append(
            _("{share} of the sales lines name a product: the rest counts as revenue of an unknown product.").format(
                share=percent(products)
            )
        )
    if not quantities:
        found.append(
            _(
                "No line has a quantity: price and volume are not told apart, and discounts are not held "
                "against volume. Add quantity to the sales."
            )
        )
    elif quantities < 1:
        found.append(
            _(
                "{share} of the sales lines have a quantity: the rest counts as revenue, with its "
                "price and volume untold."
            ).format(share=percent(quantities))
        )
    return found


def monthly_note(last_day: dt.date) -> str:
    """Say that the sales are monthly totals, and that the last month therefore counts as complete.

    >>> monthly_note(dt.date(2026, 9, 30))
    'Every line is dated on the first of a month: these are monthly totals, and Sep 2026 counts as complete.'
    """
    return _(
        "Every line is dated on the first of a month: these are monthly totals, and {last_month} counts as complete."
    ).format(last_month=month(last_day))
