"""What can go wrong, by name. Each message says what is wrong, where, what to do, and that nothing was lost."""


class KamError(Exception):
    """The base of every error this package raises on purpose: its text is fit for a user's eyes."""


class BookError(KamError):
    """The book folder as a whole cannot be opened: not there, not readable, or its `book.toml` is wrong."""


class NoSalesError(BookError):
    """The book folder holds no file that is the sales, and perhaps some that could be."""


class IntakeError(KamError):
    """A table of the book cannot be taken in: unreadable file, missing column, too many rows refused."""


class QuestionError(KamError):
    """A question was asked with an argument that has no answer: an unknown level, account, month or measure."""


class StoreError(KamError):
    """What people write cannot be kept or read: the folder is read only, the file is damaged or held by another."""


class RecordError(KamError):
    """A record breaks a rule of its table; nothing of the whole change was written."""


class ClashError(KamError):
    """Somebody else has changed the record since it was read; both stand side by side, and nothing was overwritten."""


class OldDataWarning(UserWarning):
    """A book shows the last good state of its files, since the files as they are now cannot be loaded."""
