"""Key account management on a leader's own machine: a folder of sales files in, figures with their certainty out."""
