"""Frames become Plotly figures: one palette, one template, no computing."""
