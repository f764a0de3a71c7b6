"""Sáng Kiến: honour a movement's good ideas, with Git as the only database."""

__version__ = "0.1.0"
