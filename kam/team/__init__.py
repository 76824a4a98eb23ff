"""How the managers stand, what their customers are like, and what the numbers can tell of them."""
