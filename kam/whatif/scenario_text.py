"""A scenario as one short text, for a link or a drawer, and back; a text that cannot be read is refused in words."""

import base64
import binascii
import json

from kam.base.errors import QuestionError
from kam.whatif.scenario import Changed, Lever, Scenario

VERSION = "1"
LONGEST = 6_000
_LEVER, _ASSUMED = (3, 4, 5), 4


def to_text(scenario: Scenario) -> str:
    """Write a scenario so that `from_text` gives the very same one: version, a dot, compact JSON in URL-safe base64.

    >>> scenario = Scenario((Lever("list_price", 0.03, "rung", "3"), Lever("loss", 0.0, "account", "A01")))
    >>> from_text(to_text(scenario)) == scenario
    True
    >>> to_text(Scenario())
    ''
    """
    if not scenario.levers and not scenario.assumptions:
        return ""
    levers = [_row(lever) for lever in scenario.levers]
    assumed = [[each.key, each.value, each.low, each.high] for each in scenario.assumptions]
    packed = json.dumps([levers, assumed], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # a text may hold halves of letters that no encoding has; they are kept as they are
    letters = base64.urlsafe_b64encode(packed.encode("utf-8", "surrogatepass")).decode("ascii").rstrip("=")
    text = f"{VERSION}.{letters}"
    if len(text) > LONGEST:
        raise QuestionError(
            f"This scenario is too long for a link: {len(text):,} letters of at most {LONGEST:,}. Take levers away."
        )
    return text


def from_text(text: str) -> Scenario:
    """Read what `to_text` wrote; an empty text is the baseline.

    Raises
    ------
    kam.base.errors.QuestionError
        The text is too long, of another version, damaged, or holds a lever that cannot be meant; says which.
    """
    if not text:
        return Scenario()
    if len(text) > LONGEST:
        raise _refusal(f"it has {len(text):,} letters, and {LONGEST:,} are the most")
    version, _, letters = text.partition(".")
    if version != VERSION or not letters:
        raise _refusal(f"it is not of version {VERSION}")
    levers, assumed = _unpacked(letters)
    return Scenario(tuple(_lever(row) for row in levers), tuple(_changed(row) for row in assumed))


def _row(lever: Lever) -> list[object]:
    row: list[object] = [lever.kind, lever.value, lever.scope, lever.target, lever.margin_rate]
    return row if lever.margin_rate is not None else row[:4]


def _unpacked(letters: str) -> tuple[list[object], list[object]]:
    try:
        packed = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
        content = json.loads(packed.decode("utf-8", "surrogatepass"))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise _refusal("it is damaged") from error
    if not isinstance(content, list) or len(content) != 2 or not all(isinstance(each, list) for each in content):  # noqa: PLR2004 - levers and assumptions
        raise _refusal("it holds no levers")
    return content[0], content[1]


def _lever(row: object) -> Lever:
    if not isinstance(row, list) or len(row) not in _LEVER or not all(isinstance(row[at], str) for at in (0, 2)):
        raise _refusal("one of its levers is damaged")
    kind, value, scope = row[:3]
    target = row[3] if len(row) > 3 else ""  # noqa: PLR2004 - what a short row leaves out
    margin_rate = row[4] if len(row) > 4 else None  # noqa: PLR2004 - likewise
    if not isinstance(target, str):
        raise _refusal("one of its levers is damaged")
    return Lever(kind, _number(value), scope, target, None if margin_rate is None else _number(margin_rate))


def _changed(row: object) -> Changed:
    if not isinstance(row, list) or len(row) != _ASSUMED:
        raise _refusal("one of its assumptions is damaged")
    key, value, low, high = row
    return Changed(key, _number(value), _number(low), _number(high))


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refusal(f"{value!r:.40} stands where a number should")
    try:
        return float(value)
    except OverflowError as error:
        raise _refusal("a number in it is too large") from error


def _refusal(why: str) -> QuestionError:
    return QuestionError(f"This scenario cannot be read: {why}. Nothing was changed; the baseline is shown.")
