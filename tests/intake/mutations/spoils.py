"""Changes to what is already bytes: flipped, cut, doubled, mixed in encoding, or under a name that lies."""

import random
from pathlib import Path

_PIECES = (
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b'"',
    b"'",
    b"\r",
    b"\n",
    b"\r\n",
    b",",
    b";",
    b"\t",
    b"\x1a",
    b"\xc3",
    b"\xe2\x80\x8f",
    "é".encode("cp1252"),
    "ن".encode("cp1256"),
    "表".encode("shift_jis"),
    "🧀".encode(),
    b"\xf8\x88",
    b"\xed\xa0\x80",
)


def flip(draw: random.Random, content: bytes) -> bytes:
    """Turn some bits around."""
    changed = bytearray(content)
    for _ in range(draw.choice((1, 1, 3, 30))):
        if changed:
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def insert(draw: random.Random, content: bytes) -> bytes:
    """Put bytes in that matter to readers: quotes, line ends, zeros, halves of letters."""
    for _ in range(draw.choice((1, 1, 2, 10))):
        at = draw.randrange(len(content) + 1)
        content = content[:at] + draw.choice(_PIECES) * draw.choice((1, 1, 1, 50)) + content[at:]
    return content


def cut(draw: random.Random, content: bytes) -> bytes:
    """Take a piece out, or all after it."""
    at = draw.randrange(len(content) + 1)
    return content[:at] + (b"" if draw.random() < 0.5 else content[at + draw.randint(1, 60) :])


def double(draw: random.Random, content: bytes) -> bytes:
    """Write a piece a second time."""
    at = draw.randrange(len(content) + 1)
    return content[: at + draw.randint(1, 300)] + content[at:]


def mix_encodings(draw: random.Random, content: bytes) -> bytes:
    """Write a half in another encoding."""
    half = draw.randrange(len(content) + 1)
    other = draw.choice(("cp1252", "cp1256", "utf-16-le", "shift_jis", "utf-8"))
    return content[:half] + content[half:].decode("utf-8", "replace").encode(other, "replace")


def mix_separators(draw: random.Random, content: bytes) -> bytes:
    """Write some lines with another separator or another line end."""
    lines = content.split(b"\n")
    for at in draw.choices(range(len(lines)), k=draw.choice((1, 3, len(lines)))):
        old, new = draw.choice(((b",", b";"), (b";", b","), (b",", b"\t"), (b"\r", b""), (b",", b"")))
        lines[at] = lines[at].replace(old, new)
    return draw.choice((b"\n", b"\n", b"\r\n", b"\r", b"\n\n")).join(lines)


def nothing_left(draw: random.Random, content: bytes) -> bytes:
    """Leave an empty file, blanks, or letters that are no table."""
    return draw.choice(
        (
            b"",
            b"\n",
            b" \n \n",
            b"\x00" * 512,
            b"<html><table></table></html>",
            b"%PDF-1.4",
            b"PK\x03\x04",
            content[:1],
            b"PAR1PAR1",
            b"{}",
            b"[1,2]",
            bytes(range(256)) * 4,
        )
    )


SPOILS = (flip, flip, insert, insert, cut, double, mix_encodings, mix_separators, nothing_left)


def rename(draw: random.Random, path: Path) -> Path:
    """Give a file another name or ending, or put a copy of it beside it."""
    kind = draw.randrange(3)
    if kind == 0:
        ending = draw.choice(
            (".csv", ".xlsx", ".parquet", ".tsv", ".txt", ".xls", ".ods", ".gz", ".zip", ".csv.gz", ".CSV")
        )
        return path.rename(path.with_name(path.name.split(".")[0] + ending))
    name = draw.choice(
        (
            "Sales Report (1).csv",
            "umsatz 2025.csv",
            "a'b.csv",
            'a"b.csv',
            "🧀.csv",
            "فروش.csv",
            "sales.csv",
            "accounts.csv",
            "Kopie von sales.csv",
            "sales 2025-01.csv",
            "%s.csv",
            "a\nb.csv",
            "-.csv",
        )
    )
    other = path.with_name(name if draw.random() < 0.5 else Path(name).stem + path.suffix)
    if kind == 1:
        return path.rename(other)
    other.write_bytes(path.read_bytes())
    return path
