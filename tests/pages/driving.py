"""Drive the whole app without a browser: open a page on a book folder, and read everything that it says."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
_PLACEHOLDER = re.compile(r"\b(nan|NaN|NaT|None(?! of))\b|<NA>|\binf\b")
Query = Mapping[str, str | list[str]]
NO_QUERY: Query = MappingProxyType({})
_SPOKEN = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")


def opened(
    folder: Path, page: str = "portfolio", *, monkeypatch: pytest.MonkeyPatch, query: Query = NO_QUERY
) -> AppTest:
    """Start the app on a book folder at a page, by a link with these query parameters."""
    monkeypatch.setenv("KAM_BOOK", str(folder))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    return gone_to(app, page, query)


def gone_to(app: AppTest, page: str, query: Query = NO_QUERY) -> AppTest:
    """Go to another page in the same session."""
    app.switch_page(f"pages/{page}.py")
    _link(app, query)
    return app.run()


def _link(app: AppTest, query: Query) -> None:
    for name, value in query.items():
        app.query_params[name] = value


def words(app: AppTest) -> list[str]:
    """List every text a page shows: titles, sentences, captions, notes, numbers."""
    texts = [str(each.value) for kind in _SPOKEN for each in app.get(kind) if isinstance(each, Element)]
    texts += link_labels(app)
    for metric in app.metric:
        texts += [str(metric.label), str(metric.value), str(metric.delta)]
    return texts


def link_labels(app: AppTest) -> list[str]:
    """List the texts of the links to other pages."""
    return [each.proto.label for each in app.get("page_link") if isinstance(each, Element)]


def numbers(app: AppTest) -> dict[str, str]:
    """Return the headline numbers of a page by their label."""
    return {metric.label: metric.value for metric in app.metric}


def column_settings(app: AppTest) -> dict[str, dict]:
    """Return how the columns of all tables are titled, written and guarded, by their name."""
    return {name: column for frame in app.dataframe for name, column in json.loads(frame.proto.columns).items()}


def faults(app: AppTest) -> list[str]:
    """List what is wrong with a page: an exception, an error box, no title, or Python's word for "missing"."""
    found = [f"exception: {each.message}" for each in app.exception] + [f"error: {each.value}" for each in app.error]
    if len(app.title) != 1:
        found.append(f"{len(app.title)} titles")
    return found + [f"leak: {text}" for text in words(app) if _PLACEHOLDER.search(text)]
