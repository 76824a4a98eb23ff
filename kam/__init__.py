"""Key account management on a leader's own machine: a folder of sales files in, figures with their certainty out."""

from kam.base.errors import BookError, IntakeError, KamError, OldDataWarning, QuestionError
from kam.book import Book, open_book

__all__ = ["Book", "BookError", "IntakeError", "KamError", "OldDataWarning", "QuestionError", "open_book"]
