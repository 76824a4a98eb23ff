"""Letters come in as they were typed, whatever encoding the system that wrote the file is fond of."""

from pathlib import Path

import pytest

from kam.base.errors import IntakeError
from kam.intake.encodings import guess_codec
from kam.intake.settings import TableSettings
from tests.intake.staged import staged

HEADER = "order_id,order_date,account_id,net_amount"
NAMES = {
    "cp1252": ["Müller & Söhne", "Société Générale", "Peña", "Ångström", "São João", "Crédit n°"],
    "cp1250": ["Łódź", "Dvořák", "Győr", "Świątek", "Jiří Černý", "Żabka"],
    "cp1251": ["Москва", "ООО Ромашка", "Счёт"],
    "cp1254": ["Şişli", "İstanbul Ağaç", "ışık", "Müşteri"],
    "cp1256": ["شرکت کالا", "گروه پارس", "العميل"],
    "cp932": ["株式会社トヨタ", "東京カブシキ", "日本の会社"],
}


def sales(*names: str) -> str:
    return "\n".join([HEADER, *(f"{number},2025-01-31,{name},1" for number, name in enumerate(names))]) + "\n"


@pytest.mark.parametrize("codec", NAMES)
def test_names_in_many_encodings(tmp_path: Path, codec: str) -> None:
    found = staged(tmp_path, sales_csv=sales(*NAMES[codec]).encode(codec))

    assert [row[2] for row in found.rows] == NAMES[codec]
    (finding,) = found.part.findings
    assert (finding.check, finding.severity) == ("encoding guessed", "note")
    assert all(name[:10] in finding.example for name in NAMES[codec][:3])


@pytest.mark.parametrize(("codec", "name"), [("cp1252", "Müller"), ("cp1250", "Łódź"), ("cp1256", "شرکت")])
def test_one_name_far_behind_the_first_bytes_is_enough(tmp_path: Path, codec: str, name: str) -> None:
    content = sales(*["plain"] * 30_000, name).encode(codec)

    assert staged(tmp_path, sales_csv=content).rows[-1][2] == name


def test_headers_that_are_known_decide(tmp_path: Path) -> None:
    content = "شماره فاکتور;تاريخ;مشتري;مبلغ\n1;1404/01/01;x;5\n".encode("cp1256")  # it has no Persian ی

    assert staged(tmp_path, sales_csv=content).part.names == ["شماره فاکتور", "تاريخ", "مشتري", "مبلغ"]


def test_utf_8_is_no_guess_and_utf_16_without_a_mark_is(tmp_path: Path) -> None:
    assert staged(tmp_path, sales_csv=sales("Müller").encode()).said == {}
    assert staged(tmp_path, sales_csv=sales("Müller").encode("utf-16")).said == {}
    found = staged(tmp_path, sales_csv=sales("Müller").encode("utf-16-le"))
    assert found.rows[0][2] == "Müller"
    assert found.said == {"encoding guessed": 1}


def test_one_wrong_byte_in_utf_8_leaves_all_other_names_as_they_are(tmp_path: Path) -> None:
    content = sales("Müller", "شرکت کالا", "Müller").encode() + b"9,2025-01-31,Z\xfcrich,1\n"
    found = staged(tmp_path, sales_csv=content)

    assert [row[2] for row in found.rows] == ["Müller", "شرکت کالا", "Müller", "Z\ufffdrich"]
    (finding,) = found.part.findings
    assert (finding.check, finding.severity, finding.count) == ("bytes that are no text", "warning", 1)


def test_broken_bytes_are_counted_by_line_over_many_blocks(tmp_path: Path) -> None:
    lines = [HEADER.encode()]
    for number in range(60_000):
        bad = b"\xfc\xfc" if number % 1000 == 0 else "üü".encode()
        lines.append(b"%d,2025-01-31,M%sller,1" % (number, bad))
    found = staged(tmp_path, sales_csv=b"\n".join(lines))

    assert found.said == {"bytes that are no text": 60}


def test_the_encoding_in_book_toml_decides(tmp_path: Path) -> None:
    content = sales("Łódź").encode("cp1250")

    for name, seen in (("windows-1250", "Łódź"), ("windows-1252", "£ódŸ"), ("iso-8859-1", "£ód\x9f")):
        found = staged(tmp_path, settings=TableSettings(encoding=name), sales_csv=content)
        assert found.rows[0][2] == seen
        assert found.said == {}
    declared = staged(tmp_path, settings=TableSettings(encoding="utf-8"), sales_csv=content)
    assert declared.rows[0][2] == "\ufffd\ufffdd\ufffd"
    assert declared.said == {"bytes that are no text": 1}
    assert staged(tmp_path, settings=TableSettings(encoding="shift-jis"), sales_csv=sales("東京").encode("cp932")).rows


def test_bytes_that_no_encoding_has_are_kept_as_latin_1(tmp_path: Path) -> None:
    assert staged(tmp_path, sales_csv=sales("Müller\x81").encode("latin-1")).rows[0][2] == "Müller\x81"


def test_what_is_no_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"sales\.csv is not a text file"):
        staged(tmp_path, sales_csv=sales("A\0B"))


def test_icelandic_is_not_taken_for_turkish_nor_the_other_way_round() -> None:
    assert guess_codec(["Þórður Guðmundsson".encode("cp1252")], []) == "cp1252"
    assert guess_codec(["Doğan Şeker".encode("cp1254")], []) == "cp1254"
