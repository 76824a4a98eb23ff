"""AppTest without what it does over and over: looking for installed components, and asking whether a page is ready."""

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner, require_widgets_deltas


def _ready(runner: LocalScriptRunner, timeout: float = 3) -> None:
    """Sleep until the script has ended; where it has not in time, AppTest says so itself."""
    if runner._script_thread is not None:  # noqa: SLF001 - it has no other name
        runner._script_thread.join(timeout)  # noqa: SLF001
    require_widgets_deltas(runner, 1 if runner.script_stopped() else 0)


@pytest.fixture(scope="session", autouse=True)
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        patch.setattr(local_script_runner, "require_widgets_deltas", _ready)
        yield
