"""Which accounts are key: four criteria, how sure they are, and what would change the list."""
