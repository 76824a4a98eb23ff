"""What came into a book from its files, and what people write into it."""
