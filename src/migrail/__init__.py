"""Checks database migrations, promotes them through environments, and shows which one is where."""

__version__ = "0.1.0"
