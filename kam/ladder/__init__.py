"""The ladder of customer perception: evidence, rung, certainty."""
