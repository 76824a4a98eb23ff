"""What the accounts bring: revenue, margin, growth, concentration, retention."""
