"""Values turned into text for people, and nothing else."""
