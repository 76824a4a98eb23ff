"""The questions a book answers, by what they are about; `kam.book.Book` answers them all."""
