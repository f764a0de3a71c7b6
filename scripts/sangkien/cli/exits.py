"""Exit codes of every command."""

FINE = 0
FINDINGS = 1
USAGE = 2
OUTSIDE = 3
