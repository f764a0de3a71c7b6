"""A GitHub for one computer: REST, webhooks, git over HTTP and plain pages over real bare repositories."""

from localhub.hub import Hub
from localhub.state import Call

__all__ = ["Call", "Hub"]
