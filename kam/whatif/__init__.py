"""What would happen: levers on accounts, twelve months ahead, with a range that was measured on the book's own past."""
