"""When the other side of a connection counts as gone: probes in the quiet, a limit for what is on its way.

With both, Linux gives up at the first probe behind the limit (tcp(7)): 13 s after the last sign of life.
"""

IDLE, INTERVAL, PROBES = 5, 2, 3
"""Seconds of quiet before the first probe, seconds between two, and how many go unanswered."""

UNANSWERED = 12_000
"""Milliseconds that something sent, or the other side, may go without an answer."""
