"""Keeps secrets out of everything that is printed or stored.

Whoever resolves a secret registers it here; whoever prints or stores text that a driver or a server wrote
passes it through :func:`redact`.
"""

from __future__ import annotations

from urllib.parse import quote, quote_plus, unquote

MASK = "***"

_secrets: set[str] = set()


def register_secret(secret: str) -> None:
    """Remembers a secret and the ways in which it is written inside URLs."""
    for form in {secret, unquote(secret)}:
        if form:
            _secrets.update({form, quote(form, safe=""), quote_plus(form), repr(form)[1:-1]})


def redact(text: str) -> str:
    """The text with every known secret replaced by ``***``."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text
