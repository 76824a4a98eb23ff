"""Plans: objectives, milestones, progress."""
