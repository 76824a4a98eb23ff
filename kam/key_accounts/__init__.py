"""Who is key, how sure that is, who came and went, and what would change it."""
