"""What is packed comes in like what is not, each member a part of its own, and nothing harmful is unpacked."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from kam.base.errors import IntakeError
from kam.intake import archives
from tests.intake.staged import staged
from tests.intake.workbook_files import packed, xlsx

HEADER = "order_id,order_date,account_id,net_amount\n"
JAN, FEB = f"{HEADER}1,2025-01-31,A,1\n\n2,2025-01-31\n", f"{HEADER}3,2025-02-28,A,1\n"


def test_gzip(tmp_path: Path) -> None:
    found = staged(tmp_path, files={"sales.csv.gz": gzip.compress(JAN.encode("utf-16"))})

    assert found.part.file == "sales.csv.gz"
    assert [row[0] for row in found.rows] == ["1", "2"]
    assert found.lines == [2, 4]
    assert found.short == [[2]]


def test_the_files_of_a_zip_are_parts_in_the_order_of_their_names(tmp_path: Path) -> None:
    content = {
        "2025/feb.csv": FEB,
        "2025/jan.csv": JAN,
        "2025/": "",
        "__MACOSX/2025/._jan.csv": "x",
        "about.pdf": "x",
        "mar.xlsx": xlsx({"S": [["Order ID", "Date", "Customer"], ["4", "x", "A"]]}),
    }
    found = staged(tmp_path, sales_zip=packed(content))

    assert [part.file for part in found.parts] == [
        "sales.zip, 2025/feb.csv",
        "sales.zip, 2025/jan.csv",
        "sales.zip, mar.xlsx",
    ]
    assert [part.rows for part in found.parts] == [1, 2, 1]
    assert [finding.example for finding in found.parts[0].findings] == ["sales.zip: about.pdf"]


def test_a_member_that_is_also_beside_the_zip_is_a_copy(tmp_path: Path) -> None:
    found = staged(tmp_path, sales__a_csv=JAN, sales__b_zip=packed({"jan.csv": JAN, "feb.csv": FEB}))

    assert [part.file for part in found.parts] == ["sales/a.csv", "sales/b.zip, feb.csv"]
    assert found.said == {"exact copy of a file": 1}


def test_a_member_that_points_outside_is_read_and_written_nowhere(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_zip=packed({"../../etc/evil.csv": JAN, "/root/evil2.csv": FEB}))

    assert [part.file for part in found.parts] == ["sales.zip, etc/evil.csv", "sales.zip, root/evil2.csv"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["sales.zip"]


def encrypted() -> bytes:
    content = bytearray(packed({"jan.csv": JAN}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def damaged() -> bytes:
    content = bytearray(packed({"jan.csv": JAN * 50}))
    content[60:70] = b"\xff" * 10
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 no more", "is damaged or no zip file"),
        (b"", "is damaged or no zip file"),
        (packed({}), "It is empty"),
        (packed({"a.pdf": "x", "b.zip": packed({"jan.csv": JAN})}), r"It holds: a\.pdf, b\.zip"),
        (encrypted(), "is protected by a password"),
        (damaged(), "the archive is damaged"),
    ],
)
def test_a_zip_that_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=said) as caught:
        staged(tmp_path, sales_zip=content)
    assert str(caught.value).endswith("Nothing was changed.")


@pytest.mark.parametrize(
    "content", [b"no gzip", gzip.compress(JAN.encode() * 100, mtime=0)[:-30], b""], ids=["text", "cut off", "empty"]
)
def test_a_gzip_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(IntakeError, match=r"sales.csv.gz (is empty|cannot be unpacked)"):
        staged(tmp_path, files={"sales.csv.gz": content})


def test_what_unpacks_to_far_too_much_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_SAFE_UNPACKED", 1_000)
    bomb = HEADER.encode() * 100_000
    honest, lying = packed({"jan.csv": bomb}), io.BytesIO()
    with zipfile.ZipFile(lying, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("jan.csv", bomb)
        archive.infolist()[0].file_size = 500
    for name, content in (("a.zip", honest), ("b.zip", lying.getvalue()), ("c.csv.gz", gzip.compress(bomb))):
        with pytest.raises(IntakeError, match=r"would unpack to more than|the archive is damaged"):
            staged(tmp_path, files={name: content})
