"""The only Streamlit in the package: cached access to the book, filters, tables."""
