"""What made revenue and margin change, what discounts cost, and who stays."""
