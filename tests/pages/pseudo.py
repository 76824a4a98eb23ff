"""What pages say past gettext, in the pseudo language: `KAM_LANGUAGE=pseudo python -m tests.pages.pseudo`.

KAM_BOOK names the folder of the book. What its own accounts and people are called is no text of ours: a line of nothing
but its names, such as the industry, region and manager of an account, is left out.
"""

import re
import sys

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from tests.pages.driving import PAGES, ROOT

SPOKEN = ("title", "header", "subheader", "caption", "info", "warning", "success", "error")
LABELLED = (
    *("button", "checkbox", "expander", "metric", "multiselect", "pills", "radio", "segmented_control", "selectbox"),
    *("slider", "text_area", "text_input", "toggle"),
)


def texts(app: AppTest) -> list[str]:
    """List what a page says in words of ours: titles, notes, and what stands on widgets and numbers."""
    said = [str(each.value) for kind in SPOKEN for each in app.get(kind) if isinstance(each, Element)]
    return said + [str(getattr(each, "label", "")) for kind in LABELLED for each in app.get(kind)]


def unsaid(app: AppTest) -> list[str]:
    """List the texts of a page that are not between the brackets of the pseudo language."""
    ours = (text for text in texts(app) if "⟦" not in text and " · " not in text)
    return [text for text in ours if re.search(r"[a-z]{2,} |[A-Z][a-z]{2,}", text)]


def main() -> int:
    """Print page by page what goes past gettext, and what breaks."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    found = 0
    for page in PAGES:
        app.switch_page(f"pages/{page}.py")
        app.run()
        wrong = [f"breaks: {each.message}" for each in app.exception] + unsaid(app)
        for text in dict.fromkeys(wrong):
            sys.stdout.write(f"{page}: {text}\n")
        found += len(wrong)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
