"""In which encoding a text file is written: UTF-8 where it can be, else the one whose letters and words make sense."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kam.base.errors import IntakeError
from kam.intake.concepts import meanings

_BLOCK = 1 << 20
_HEAD = 1 << 18
_MOST = 1 << 20  # bytes of lines with letters beyond ASCII that are looked at
_SAMPLES = 3
_FEW_WORDS = 3
_SURE = 7  # of what a header's word means, so that three letters of a name do not count
_SIGN_IN_WORD = re.compile(r"[^\W\d_][£¢¤¥¦§¨¬¯±²³´µ¶¸¹¼½¾×÷]|[£¢¤¥¦§¨¬¯±²³´µ¶¸¹¼½¾×÷][^\W\d_]")
_CELLS = re.compile(r"[^,;\t|\r\n\"]+")
_WORDS = re.compile(r"[^\s\d!-@\[-`{-~«»„“”’‘–—…€£©®°•·¡¿ªº、。・（）「」،؛؟]+")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]|\Z")

# The letters beyond ASCII of a language, as a pattern for a whole word in small letters. A letter that another
# encoding easily makes of something else stands with what must follow it: Portuguese ã, õ.
_WEST = (
    "äöüß",
    "àâæçéèêëîïôœùûü",
    "áéíñóúü",
    "áàâçéêíóôúü|ã(?=[oens]|$)|õ(?=e)",
    "àèéìíòóù",
    "åäöæøéü",
    "áðéíóúýþæö",
    "àçèéíïòóúü",
    "éëïöüèê",
    "žš",
)
_CENTRE = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "äöüß")
_TURKISH = ("çğıöşüâîû",)
_LATIN = {"cp1252": _WEST, "latin-1": _WEST, "mac_roman": _WEST, "cp1250": _CENTRE, "cp1254": (*_TURKISH, "äöüß")}
_SCRIPTS = {
    "cp1251": r"[Ѐ-ӿ]+",
    "cp1256": r"[\u0621-\u06d3\u064b-\u0652\u200c\u200d\u06f0-\u06f9]+",
    "cp932": r"[\u3040-\u30ff\u4e00-\u9fff\u3005\uff66-\uff9f\uff00-\uff5e]+",
    "gb18030": r"[\u4e00-\u9fff\uff00-\uff5e\u3000-\u3003]+",
}
_GUESSED = ("cp1252", "cp1254", "cp1250", "cp1251", "cp1256", "cp932", "gb18030", "mac_roman")
NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1254": "Windows-1254",
    "cp1256": "Windows-1256",
    "cp932": "Shift-JIS",
    "gb18030": "GB18030",
    "mac_roman": "Mac Roman",
    "latin-1": "ISO-8859-1",
}
"""Encodings as Python calls them, and as a reader does."""

_TURKISH_BYTES = bytes((0xD0, 0xDD, 0xDE, 0xF0, 0xFD, 0xFE))  # ğ ı ş in Turkey, ð ý þ in Iceland; else alike
_CODECS = {"utf-8": "utf-8-sig", "shift-jis": "cp932", "iso-8859-1": "latin-1", "mac-roman": "mac_roman"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file, and what there is to say of it."""

    codec: str
    guessed: bool = False
    samples: tuple[str, ...] = ()  # cells that show how letters came out, where it was guessed
    damaged: bool = False  # UTF-8 but for single bytes

    @property
    def name(self) -> str:
        """The encoding as a reader calls it."""
        return NAMES.get(self.codec, self.codec)


def find_encoding(path: Path, name: str, declared: str | None = None) -> Encoding:
    """Tell the encoding of a text file: as declared, by its mark, as UTF-8, or by which letters and words make sense.

    Raises
    ------
    IntakeError
        The file holds bytes that no text has.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    wide = _wide(head, name)
    if declared:
        codec = _CODECS.get(declared.lower(), declared.lower().replace("windows-", "cp"))
        if codec == "utf-16" and wide:
            codec = wide
        return Encoding(codec, damaged=codec == "utf-8-sig" and not _is_utf8(path))
    if wide:
        return Encoding(wide, guessed=wide != "utf-16")
    if _is_utf8(path):
        return Encoding("utf-8-sig")
    lines = _lines_beyond_ascii(path)
    if _is_damaged_utf8(lines):
        return Encoding("utf-8-sig", damaged=True)
    codec = guess_codec(lines, head.splitlines()[:40])
    return Encoding(codec, guessed=True, samples=_show(lines, codec))


def _wide(head: bytes, name: str) -> str | None:
    """Recognise UTF-16 by its mark or by every second byte being none; single bytes that are none are no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" not in head:
        return None
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > 0.4 * len(zeros) and head.count(0) < 0.6 * len(head):
            return encoding
    raise IntakeError(f"{name} is not a text file, whatever its name says. Nothing was changed.")


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            while stream.read(_BLOCK):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _lines_beyond_ascii(path: Path) -> list[bytes]:
    """Take different lines that hold bytes beyond ASCII, up to a megabyte of them."""
    found: dict[bytes, None] = {}
    size, rest = 0, b""
    with path.open("rb") as stream:
        while size < _MOST and (block := stream.read(_BLOCK)):
            whole, rest = _cut(rest + block)
            for line in _beyond_ascii(whole):
                if line not in found:
                    found[line] = None
                    size += len(line)
    found.update(dict.fromkeys(_beyond_ascii(rest)))
    return list(found)


def _beyond_ascii(block: bytes) -> Iterator[bytes]:
    """Yield the lines with a byte beyond ASCII; the others are passed over at full speed."""
    place = 0
    while (letter := _BEYOND_ASCII.search(block, place)) is not None:
        start = max(block.rfind(b"\n", place, letter.start()), block.rfind(b"\r", place, letter.start())) + 1
        end = _LINE_END.search(block, letter.end())
        place = len(block) if end is None else end.start()
        yield block[max(start, 0) : place]


def _cut(block: bytes) -> tuple[bytes, bytes]:
    end = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
    return block[:end], block[end:]


def _is_damaged_utf8(lines: list[bytes]) -> bool:
    """Say whether most letters beyond ASCII are whole UTF-8; other encodings make such pairs by chance only."""
    whole = broken = 0
    for line in lines:
        text = line.decode("utf-8", errors="replace")
        broken += text.count("\ufffd")
        whole += sum(letter > "\x7f" for letter in text) - text.count("\ufffd")
    return whole > broken


def guess_codec(lines: list[bytes], top: list[bytes]) -> str:
    """Choose the encoding under which most header words are known and most words are of one script and language.

    >>> guess_codec(["Łódź".encode("cp1250")], [b"Kunde"]), guess_codec(["Müller & Söhne".encode("cp1252")], [])
    ('cp1250', 'cp1252')
    >>> guess_codec(["فروش گروه".encode("cp1256")], []), guess_codec(["Счёт Москва".encode("cp1251")], [])
    ('cp1256', 'cp1251')
    """
    beyond = [line for line in top if not line.isascii()]
    scores = {}
    turkish = any(line.translate(None, _TURKISH_BYTES) != line for line in lines)
    order = ("cp1254", *(codec for codec in _GUESSED if codec != "cp1254")) if turkish else _GUESSED
    for rank, codec in enumerate(order):
        known = sum(_known(line.decode(codec, errors="replace")) for line in beyond)
        words = [word for line in lines for word in _odd_words(line.decode(codec, errors="replace"))]
        fit = sum(map(_fitness(codec), words)) / len(words) if words else 0.0
        scores[codec] = (known, round(fit, 2), -rank)
    best = max(scores, key=lambda codec: scores[codec])
    if best in ("cp1250", "mac_roman") and not scores[best][0] and _could_be_western(lines):
        best = "cp1252"
    if scores[best][:2] > (0, 0.0):
        return best
    undefined = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # in Windows-1252; ISO-8859-1 has something everywhere
    return "latin-1" if any(line.translate(None, undefined) != line for line in lines) else "cp1252"


def _could_be_western(lines: list[bytes]) -> bool:
    """Say whether there are but one or two odd words, all letters in Windows-1252: too few to speak against it."""
    texts = [line.decode("cp1252", errors="replace") for line in lines]
    words = {word for text in texts for word in _odd_words(text)}
    return (
        len(words) < _FEW_WORDS and all(word.isalpha() for word in words) and not any(map(_SIGN_IN_WORD.search, texts))
    )


def _known(line: str) -> int:
    cells = (cell.strip() for cell in _CELLS.findall(line) if not cell.isascii())
    return sum(max(meanings(cell).values(), default=0) >= _SURE for cell in cells)


def _odd_words(text: str) -> Iterator[str]:
    return (word for word in _WORDS.findall(text) if not word.isascii())


def _fitness(codec: str) -> Callable[[str], int]:
    if codec in _SCRIPTS:
        pattern = re.compile(_SCRIPTS[codec])
        return lambda word: int(pattern.fullmatch(word) is not None and _is_cased(word))
    languages = [re.compile(rf"(?:[a-z{letters.split('|')[0]}]{_more(letters)})+") for letters in _LATIN[codec]]
    return lambda word: int(
        _is_cased(word) and _has_plain_letter(word) and any(each.fullmatch(_small(word)) for each in languages)
    )


def _has_plain_letter(word: str) -> bool:
    """Say whether a word of some length has a letter without an accent, as nearly every one of Latin script has."""
    return len(word) < 3 or any(letter.isascii() for letter in word)  # noqa: PLR2004 - such as à, où


def _small(word: str) -> str:
    return word.replace("İ", "i").lower()


def _more(letters: str) -> str:
    _, bar, rest = letters.partition("|")
    return f"|{rest}" if bar else ""


def _is_cased(word: str) -> bool:
    """Say whether capitals stand where words have them: nowhere, at the start, or everywhere."""
    return word in (word.lower(), word.upper()) or word[1:] == _small(word[1:])


def _show(lines: list[bytes], codec: str) -> tuple[str, ...]:
    cells = (cell.strip() for line in lines for cell in _CELLS.findall(line.decode(codec, errors="replace")))
    return tuple(dict.fromkeys(cell[:40] for cell in cells if not cell.isascii()))[:_SAMPLES]
