"""What customers say: satisfaction, problems, referrals, and what they gain from us."""
