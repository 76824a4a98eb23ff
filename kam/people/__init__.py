"""The people at the customers: who knows us, who is for and against us, and who meets whom."""
