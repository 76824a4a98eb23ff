"""Imports go down only; Streamlit, Plotly, DuckDB, the clock and raw HTML stay where they belong."""

from pathlib import Path

import pytest

from tests.structure import MAY_IMPORT, Violation, modules, named_alike, part, violations

ROOT = Path(__file__).parent.parent


def test_no_module_breaks_a_rule() -> None:
    assert violations(modules(ROOT)) == []


def test_no_two_modules_share_a_name_but_those_every_subject_has() -> None:
    assert named_alike(modules(ROOT)) == {}


def test_every_module_of_the_product_is_read() -> None:
    names = set(modules(ROOT))

    assert {"kam", "kam.base.schema", "kam.plan", "kam.plan.milestones", "kam.plan.words"} <= names
    assert len(names) == len([*ROOT.glob("app.py"), *(ROOT / "pages").rglob("*.py"), *(ROOT / "kam").rglob("*.py")])


def test_the_order_of_parts_has_no_circle_but_that_of_intake_and_store() -> None:
    for above, below in ((above, below) for above, parts in MAY_IMPORT.items() for below in parts if above != below):
        both_ways = above in MAY_IMPORT[below]
        assert both_ways == ({above, below} == {"intake", "store"}), (above, below)


@pytest.mark.parametrize(
    ("module", "source", "rule"),
    [
        ("kam.money.bridge", "from kam.book import Book", "money may not import book"),
        ("kam.money.bridge", "from kam import book", "money may not import book"),
        ("kam.money.bridge", "import kam.ui.filters", "money may not import ui"),
        ("kam.money.bridge", "from ..team import comparison", "money may not import team"),
        ("kam.money.bridge", "from kam import open_book", "money may not import kam"),
        ("kam.money", "from .. import book", "money may not import book"),
        ("kam.money", "from . import erosion\nfrom ..ui import x", "money may not import ui"),
        ("kam.intake.read", "def f():\n    from kam.plan import milestones", "intake may not import plan"),
        ("kam.base.schema", "from kam.plan.words import day", "base may not import plan"),
        ("kam.plan.words", "import kam.team.comparison", "plan may not import team"),
        ("kam.chart.axes", "import kam.ladder.rung", "chart may not import ladder"),
        ("kam.plan.x", "from kam.ladder import words", "plan may not import the words or figures of ladder"),
        ("kam.ui.cache", "import pages.ladder", "ui may not import pages"),
        ("kam.extra", "", "extra has no place in the order of parts"),
        ("kam.plan.x", "import importlib\nimportlib.import_module('kam.ui')", "plan may not import ui"),
        ("kam.plan.x", "import importlib\nimportlib.import_module(name)", "an import must name what it imports"),
        ("kam.plan.x", "import streamlit as st", "kam.plan.x may not import streamlit"),
        ("kam.book", "from streamlit import cache_data", "kam.book may not import streamlit"),
        ("kam.plan.figures_x", "import streamlit", "kam.plan.figures_x may not import streamlit"),
        ("kam.plan.figures", "import duckdb", "kam.plan.figures may not import duckdb"),
        ("kam.plan.words_x", "import duckdb", "kam.plan.words_x may not import duckdb"),
        ("kam.plan.words", "import streamlit", "kam.plan.words may not import streamlit"),
        ("kam.ladder.x", "import plotly.graph_objects as go", "kam.ladder.x may not import plotly"),
        ("kam.plan.x", "import datetime as dt\ndt.date.today()", "plan may not read the clock"),
        ("kam.plan.x", "import datetime\ndatetime.datetime.now(datetime.UTC)", "plan may not read the clock"),
        ("kam.plan.x", "from datetime import date as d\nd.today()", "plan may not read the clock"),
        ("kam.plan.x", "from datetime import datetime\nclock = datetime.now", "plan may not read the clock"),
        ("kam.plan.x", "import pandas as pd\npd.Timestamp.now()", "plan may not read the clock"),
        ("kam.plan.x", "from time import time\ntime()", "plan may not read the clock"),
        ("kam.plan.x", "import time as t\nt.time()", "plan may not read the clock"),
        ("kam.plan.x", "Q = 'select * from m where due < current_date'", "plan may not read the clock"),
        ("kam.intake.load", "import datetime as dt\ndt.date.today()", "intake may not read the clock"),
        ("kam.plan.words", "import datetime as dt\ndt.date.today()", "plan may not read the clock"),
        ("pages.x", "import datetime as dt\ndt.date.today()", "pages may not read the clock"),
        ("pages.x", "import streamlit as st\nst.markdown('', unsafe_allow_html=True)", "pages may not write raw HTML"),
        (
            "pages.x",
            "import streamlit as st\nst.markdown('', **{'unsafe_allow_html': True})",
            "pages may not write raw HTML",
        ),
        ("kam.ui.x", "import streamlit as st\nst.html('<b>')", "ui may not write raw HTML"),
        ("kam.ui.x", "import streamlit as st\nst.components.v1.html('<b>')", "ui may not write raw HTML"),
        ("kam.ui.x", "from streamlit.components.v1 import html", "ui may not write raw HTML"),
    ],
)
def test_a_planted_violation_is_caught(module: str, source: str, rule: str) -> None:
    sources = {
        "kam": "",
        "kam.ladder": "",
        "kam.ladder.words": "",
        "kam.money": "",
        "kam.money.erosion": "",
        "kam.book": "",
        "kam.chart": "",
        "kam.team": "",
        "kam.team.comparison": "",
        "kam.ui": "",
    }

    found = violations(sources | {module: source})

    assert {violation.rule for violation in found} == {rule}
    assert {violation.module for violation in found} == {module}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kam", "from kam.book import Book"),
        ("kam.money.bridge", "from kam.base.schema import TABLES\nfrom kam.base.numbers import day\nimport duckdb"),
        ("kam.money.bridge", "from kam.base import errors\nfrom . import erosion"),
        ("kam.ladder.rung", "from kam.money import erosion"),
        ("kam.book", "import datetime as dt\nfrom kam.store import x\nfrom kam.plan import y\ndt.date.today()"),
        ("kam.ladder.figures_claims", "import plotly.graph_objects as go\nfrom kam.ladder.words import finding"),
        ("kam.ui.cache", "import streamlit as st\nimport kam\nfrom kam.book import Book"),
        (
            "pages.ladder",
            "import streamlit as st\nfrom kam.ui import cache\nfrom kam.ladder import figures_rungs\nst.title('x')",
        ),
        ("kam.plan.x", '"""Uses no current_date."""\ntoday = as_of\nrow.today\nframe.to_html()'),
        ("kam.store.log", "import datetime as dt\ndt.datetime.now(dt.UTC)"),
    ],
)
def test_what_is_allowed_passes(module: str, source: str) -> None:
    assert violations({"kam": "", "kam.money.erosion": "", module: source}) == []


def test_a_violation_names_its_line() -> None:
    source = '"""Doc."""\n\nimport streamlit\n'

    assert violations({"kam.plan.x": source}) == [Violation("kam.plan.x", 3, "kam.plan.x may not import streamlit")]


def test_a_part_is_the_folder_or_file_under_kam() -> None:
    assert [part(name) for name in ("kam.plan.measured_facts", "kam.book", "kam", "app", "pages.team")] == [
        "plan",
        "book",
        "kam",
        "app",
        "pages",
    ]
