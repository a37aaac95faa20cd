"""Statements of MySQL and MariaDB. One module for each family of statements."""

from __future__ import annotations
