"""The pure core: no clock, no randomness, no file, no network, no environment."""
