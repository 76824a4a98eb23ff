"""Whom the server answers: the machine's own names only, so that no page of another site reads the book through one."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.serving import served

REFUSED, CONNECTED = 403, 101


@pytest.fixture(scope="module")
def address(book_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(book_folder, tmp_path_factory.mktemp("hosts") / "log.txt") as found:
        yield found


def _asked(address: str, host: str, origin: str | None = None) -> int:
    """Ask for the connection over which all data go, in the name of a host and of a page; return the status."""
    port = urlsplit(address).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest("GET", "/_stcore/stream", skip_host=True)
        connection.putheader("Host", host.replace("PORT", str(port)))
        if origin is not None:
            connection.putheader("Origin", origin.replace("PORT", str(port)))
        for name, value in {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Protocol": "streamlit",
        }.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    "host", ["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT", "127.0.0.1", "localhost"]
)
def test_the_machine_itself_is_answered(address: str, host: str) -> None:
    assert _asked(address, host) == CONNECTED
    assert _asked(address, host, f"http://{host}") == CONNECTED


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:PORT",
        "evil.example",
        "127.0.0.1.evil.example:PORT",
        "localhost.evil.example:PORT",
        "xlocalhost:PORT",
        "localhost@evil.example:PORT",
        "127.0.0.1:PORT.evil.example",
        "10.0.0.7:PORT",
        "",
    ],
)
def test_a_foreign_name_for_this_machine_is_refused(address: str, host: str) -> None:
    assert _asked(address, host) == REFUSED
    assert _asked(address, host, f"http://{host}") == REFUSED


def test_a_page_of_another_site_is_refused(address: str) -> None:
    assert _asked(address, "127.0.0.1:PORT", "http://evil.example") == REFUSED
