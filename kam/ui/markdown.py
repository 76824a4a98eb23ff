"""Text from data as the letters it is: nothing of it is taken for Markdown."""

from kam.base.numbers import held


def escape_markdown(text: str) -> str:
    r"""Escape everything that Markdown would take for more than letters: text from data stays text.

    >>> escape_markdown("a_b *c* $x$ [d](e) <f> :g:")
    'a\\_b \\*c\\* \\$x\\$ \\[d\\](e) \\<f\\> \\:g\\:'
    """
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#$~|:+!&" else letter for letter in held(text))
