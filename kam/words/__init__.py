"""Numbers, dates and findings in words: every sentence a page says is written here, and tested."""
