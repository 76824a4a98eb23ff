"""What may go wrong, what it would cost, and which rivals are after our revenue."""
