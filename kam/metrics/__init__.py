"""Figures of the business: revenue, margin, concentration, retention."""
