"""Ways from a page to an account: same session, same filters, and the browser's way back."""

import streamlit as st

from kam.base.texts import _
from kam.ui.filters import narrow_to_manager
from kam.ui.markdown import escape_markdown

ACCOUNT_PAGE = "pages/account.py"
ACCOUNT = "account"


def go_to_account(account_id: str) -> None:
    """Open the account's page.

    The filters stand in the link all the same: their widgets are drawn on every page and write themselves into it.
    Streamlit refuses to be told a parameter that a widget of the page one leaves has.
    """
    st.switch_page(ACCOUNT_PAGE, query_params={ACCOUNT: account_id})


def go_to_manager(name: str) -> None:
    """Open the portfolio of a manager's accounts."""
    narrow_to_manager(name)
    st.switch_page("pages/portfolio.py", query_params={})


def link_to_account(account_id: str, name: str) -> None:
    """Draw a link to the account's page under its name."""
    st.page_link(ACCOUNT_PAGE, label=escape_markdown(name), query_params=_parameters(account_id))


def link_to_milestones(name: str) -> None:
    """Draw a link to the milestones of the account of this name."""
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key != ACCOUNT}
    st.page_link(
        "pages/milestones.py",
        label=_("Its milestones and objectives"),
        icon=":material/flag:",
        query_params={**kept, "milestone_account": name},
    )


def link_to_money() -> None:
    """Draw a link to what made revenue and margin change, part by part."""
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key != ACCOUNT}
    st.page_link(
        "pages/money.py", label=_("What made it change, part by part"), icon=":material/payments:", query_params=kept
    )


def link_to_opportunities(name: str) -> None:
    """Draw a link to the white space of the account of this name."""
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key != ACCOUNT}
    st.page_link(
        "pages/opportunities.py",
        label=_("All it could buy"),
        icon=":material/lightbulb:",
        query_params={**kept, "gap_account": name},
    )


def link_to_relationships(account_id: str) -> None:
    """Draw a link to the account's people on the Relationships page."""
    st.page_link(
        "pages/relationships.py",
        label=_("Its reporting lines and contact rhythm"),
        icon=":material/groups:",
        query_params=_parameters(account_id),
    )


def _parameters(account_id: str) -> dict[str, str | list[str]]:
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name != ACCOUNT}
    return {**kept, ACCOUNT: account_id}
