"""The language of every text a reader sees: `_` says a sentence, `ngettext` one that hangs on a number.

A text is one whole sentence with named places, filled by `str.format`: `_("{name} brought {money}").format(...)`, so
that a catalogue can put the places in another order. `KAM_LANGUAGE` names the language (English, if not set), whose
catalogue is `kam/locale/LANGUAGE/LC_MESSAGES/kam.mo`; "pseudo" puts every text between brackets and makes it longer, as
other languages are, which shows what is not said through here, and what is cut off.
"""

import gettext
import os
from pathlib import Path

PSEUDO = "pseudo"
_LOCALE = Path(__file__).parents[1] / "locale"


class Pseudo(gettext.NullTranslations):
    """Texts that show that they were said here.

    >>> Pseudo().gettext("Risks of {name}"), Pseudo().ngettext("{n} risk", "{n} risks", 2)
    ('⟦Risks of {name}·····⟧', '⟦{n} risks···⟧')
    """

    def gettext(self, message: str) -> str:
        """Put a text between brackets, a third longer."""
        return f"⟦{message}{'·' * (len(message) // 3)}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Do so with the text of one, or that of several."""
        return self.gettext(msgid1 if n == 1 else msgid2)


def catalogue(language: str | None) -> gettext.NullTranslations:
    """Return the texts of a language; where there are none, English."""
    if language == PSEUDO:
        return Pseudo()
    return gettext.translation("kam", _LOCALE, languages=[language] if language else [], fallback=True)


_said = catalogue(os.environ.get("KAM_LANGUAGE"))
_, ngettext = _said.gettext, _said.ngettext


def joined(*clauses: str) -> str:
    """Say clauses beside one another, without those that say nothing.

    >>> joined("1 plan is late", "", "none is red")
    '1 plan is late; none is red'
    >>> joined("", "")
    ''
    """
    said = ""
    for clause in filter(None, clauses):
        said = _("{first}; {second}").format(first=said, second=clause) if said else clause
    return said


def sentence(*clauses: str) -> str:
    """Say clauses as one sentence."""
    return _("{clauses}.").format(clauses=joined(*clauses))


def of_schema(text: str) -> str:
    """Say a text that the schema declares: a column's name or meaning.

    >>> of_schema("order id")
    'order id'
    """
    return _(text)
