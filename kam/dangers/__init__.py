"""What is in danger, why, how much money it is about, and who acts."""
