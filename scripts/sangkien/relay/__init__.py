"""The relay: a small service that takes ideas from people without an account."""
