"""Books of every shape, changed at random: each seed makes one folder, which must open, ask or be refused in words."""
