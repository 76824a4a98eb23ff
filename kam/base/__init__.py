"""The ground floor: what the trade calls things, its rules, periods and numbers; it imports nothing else of ours."""
