"""Reading a book folder: files become mapped, typed, checked tables, with a report of what was refused and why."""
