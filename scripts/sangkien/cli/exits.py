"""Exit codes of every command."""

FINE = 0
FINDINGS = 1
USAGE = 2
OUTSIDE = 3
STOPPED = 130  # by Ctrl+C, as shells say it
