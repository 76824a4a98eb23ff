"""What customers could buy: white space, solutions in work, better versions."""
