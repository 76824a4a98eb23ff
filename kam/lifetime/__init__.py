"""What an account will bring from now on, who has left, and how well that could be foretold before."""
