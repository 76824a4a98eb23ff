"""What all figures are drawn with: palette, template, labels, axes; nothing is computed here."""
