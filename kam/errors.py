"""What can go wrong, by name. Each message says what is wrong, where, what to do, and that nothing was lost."""


class KamError(Exception):
    """The base of every error this package raises on purpose: its text is fit for a user's eyes."""


class BookError(KamError):
    """The book folder as a whole cannot be opened: not there, not readable, or its `book.toml` is wrong."""


class IntakeError(KamError):
    """A table of the book cannot be taken in: unreadable file, missing column, too many rows refused."""


class QuestionError(KamError):
    """A question was asked with an argument that has no answer: an unknown level, account, month or measure."""
