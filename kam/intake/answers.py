"""What a person decided about how files are read: written into `book.toml` beside what stands there, and taken back."""

import os
import shutil
import tempfile
import threading
import tomllib
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError, TOMLKitError

from kam.base.errors import BookError
from kam.intake.open_question import Option
from kam.intake.open_question import Path as Where
from kam.intake.settings import table_settings

_VERDICTS = ("keep", "leave_out", "returns")  # a word of a column stands under one of them
_one_at_a_time = threading.Lock()


def answer(folder: Path, *options: Option) -> None:
    """Write answers into the `book.toml` of a folder, which is made where there is none; all of them or none.

    Raises
    ------
    BookError
        `book.toml` is not valid, an answer cannot be meant, or the file cannot be written.
    """
    with _one_at_a_time:
        _save(folder, answered(notes_of(folder), *options))


def take_back(folder: Path, where: Where, word: str | None = None) -> None:
    """Take an answer out of the `book.toml` of a folder, or one word of an answer that is a list of words.

    Raises
    ------
    BookError
        `book.toml` is not valid, or cannot be written.
    """
    with _one_at_a_time:
        _save(folder, taken_back(notes_of(folder), where, word))


def notes_of(folder: Path) -> str:
    """Read the text of a folder's `book.toml`; where there is none it is empty."""
    try:
        return (folder / "book.toml").read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise BookError("book.toml is not written in UTF-8. Save it so. Nothing was changed.") from error
    except OSError as error:
        raise BookError(f"book.toml cannot be read: {error.strerror}. Nothing was changed.") from error


def answered(text: str, *options: Option) -> str:
    r"""Add answers to the text of a `book.toml`; comments, order and everything else stay as they are.

    A list of words grows by the new ones, and a word leaves what was decided about it before.

    >>> where = ("tables", "sales", "keep", "Status")
    >>> print(answered('# ours\nname = "Nord"\n', Option("count them", None, where, ["Failed"])))
    # ours
    name = "Nord"
    <BLANKLINE>
    [tables.sales.keep]
    Status = ["Failed"]
    <BLANKLINE>
    """
    document = _parsed(text)
    for option in options:
        _put(document, option.where, option.value)
    return _dumped(document, text)


def taken_back(text: str, where: Where, word: str | None = None) -> str:
    r"""Take a key, or one word of its list, out of the text of a `book.toml`, and the sections that are empty then.

    >>> taken_back('[tables.sales]\ndecimal = ","\n', ("tables", "sales", "decimal"))
    ''
    """
    document = _parsed(text)
    _remove(document, where, word)
    return _dumped(document, text)


def given(text: str) -> list[Option]:
    r"""List what the text of a `book.toml` says about the reading of tables, one option a key, a list as it stands.

    >>> [(option.where[-1], option.value) for option in given('[tables.sales]\ndecimal = ","\nskip = ["a.csv 3"]\n')]
    [('decimal', ','), ('skip', ['a.csv 3'])]
    """
    tables = _parsed(text).unwrap().get("tables", {})
    return [Option("", None, ("tables", *where), value) for where, value in _leaves(tables)]


def leaving_line_out(table: str, file: str, line: int) -> Option:
    """Make the answer that one line of a file is left out.

    >>> leaving_line_out("sales", "sales.csv", 31).value
    ['sales.csv 31']
    """
    return Option("leave this line out", None, ("tables", table, "skip"), [f"{file} {line}"])


def mapping_word(table: str, column: str, word: str, meant: str) -> Option:
    """Make the answer that a word of the file means a word of the table.

    >>> print(mapping_word("opportunities", "stage", "Closed Won", "won").lines)
    [tables.opportunities.values.stage]
    "Closed Won" = "won"
    """
    return Option(meant, None, ("tables", table, "values", column, word), meant)


def keeping(table: str, column: str, word: str) -> Option:
    """Make the answer that the lines with a word in a column of the file count as they are.

    >>> print(keeping("sales", "Status", "Cancelled").lines)
    [tables.sales.keep]
    Status = ["Cancelled"]
    """
    return Option("count them", None, ("tables", table, "keep", column), [word])


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        tomllib.loads(text)
        return tomlkit.parse(text)
    except (tomllib.TOMLDecodeError, ParseError) as error:
        raise BookError(f"book.toml is not valid TOML: {error}. Mend the file. Nothing was changed.") from error


def _dumped(document: tomlkit.TOMLDocument, before: str) -> str:
    """Write the text, and hold it against the rules of `book.toml`: nothing is written that could not be read."""
    text = tomlkit.dumps(document)
    try:
        tables = tomllib.loads(text).get("tables", {})
    except tomllib.TOMLDecodeError as error:
        raise BookError(f"This cannot be written into book.toml: {error}. Nothing was changed.") from error
    for name, section in tables.items():
        table_settings(name, section)
    text = text if before.strip() else text.lstrip("\n")
    text = text if not text or text.endswith("\n") else f"{text}\n"
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in before else text


def _put(document: tomlkit.TOMLDocument, where: Where, value: object) -> None:
    section: Any = document
    *above, key = where
    try:
        for depth, name in enumerate(above):
            if name not in section:
                section[name] = tomlkit.table(is_super_table=depth < len(above) - 1)
            section = section[name]
            if not isinstance(section, MutableMapping):
                raise _no_section(where[: depth + 1])
        if isinstance(value, list):
            _grow(document, where, section, value)
        else:
            section[key] = value
    except TOMLKitError as error:
        raise BookError(f"{'.'.join(where)} cannot be written into book.toml: {error}. Nothing was changed.") from error


def _grow(document: tomlkit.TOMLDocument, where: Where, section: Any, words: list[str]) -> None:  # noqa: ANN401 - TOML holds any value
    key = where[-1]
    before = section.get(key, [])
    if not isinstance(before, list):
        raise _no_section(where)
    said = {str(word).casefold() for word in before}
    fresh = [word for word in words if word.casefold() not in said]
    if key not in section:
        section[key] = fresh
    else:
        before.extend(fresh)
    if len(where) > 1 and where[-2] in _VERDICTS:
        for verdict in _VERDICTS:
            if verdict != where[-2]:
                for word in words:
                    _remove(document, (*where[:-2], verdict, key), word)


def _remove(document: tomlkit.TOMLDocument, where: Where, word: str | None) -> None:
    sections: list[Any] = [document]
    for name in where[:-1]:
        if not isinstance(sections[-1], MutableMapping) or name not in sections[-1]:
            return
        sections.append(sections[-1][name])
    if not isinstance(sections[-1], MutableMapping) or where[-1] not in sections[-1]:
        return
    value = sections[-1][where[-1]]
    if word is not None and isinstance(value, list):
        kept = [each for each in value if str(each).casefold() != word.casefold()]
        if len(kept) == len(value):
            return
        sections[-1][where[-1]] = kept
        if kept:
            return
    del sections[-1][where[-1]]
    for depth in range(len(where) - 2, -1, -1):
        if not sections[depth + 1]:
            del sections[depth][where[depth]]


def _leaves(section: dict[str, Any], above: Where = ()) -> Iterator[tuple[Where, object]]:
    for name, value in section.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def _no_section(where: Where) -> BookError:
    return BookError(
        f"book.toml: {'.'.join(where)} holds something else than an answer can be added to. Mend the file."
        " Nothing was changed."
    )


def _save(folder: Path, text: str) -> None:
    """Put the whole text in the place of the old one at once: whoever reads meanwhile reads one or the other."""
    target = (folder / "book.toml").resolve()
    begun = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=target.parent, prefix=".book-", delete=False) as stream:
            begun = Path(stream.name)
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, begun)
        else:
            begun.chmod(0o644)
        begun.replace(target)
    except OSError as error:
        if begun is not None:
            with suppress(OSError):  # the failure that is told is the first one
                begun.unlink(missing_ok=True)
        raise BookError(
            f"{target} cannot be written: {error.strerror}. Write the lines by hand, or make the folder writable."
            " Nothing was changed."
        ) from error
