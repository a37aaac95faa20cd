"""One spelling for literals that servers keep as values and print in a spelling of their own.

PostgreSQL reads ``'24 hours'::interval``, ``'{"a":1}'::jsonb``, ``'2020-1-1'::date`` and ``'0'::bigint`` when a
default or a CHECK is made, and prints ``'24:00:00'``, ``'{"a": 1}'``, ``'2020-01-01'`` and ``0`` from then on. The
type of a literal is often not written, so each spelling is recognised by its look: two literals of one type with
the same value get the same text; that literals of other types may get it too does no harm to a comparison.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

_LONGEST = 10_000
"""Longer literals are compared as they are."""

_NUMBER = re.compile(r"([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?", re.ASCII)
_EXPONENT = re.compile(r"[+-]?(?=\.?\d)\d*(?:\.\d*)?[eE][+-]?\d{1,3}", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?\s*"
    r"(?:(Z|UTC)|([+-])(\d{2}):?(\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_SPAN_PART = re.compile(
    r"\s*([+-]?\d+(?:\.\d+)?)\s*([a-zA-Z]+)|\s*([+-]?)(\d+):(\d{2})(?::(\d{2}(?:\.\d+)?))?", re.ASCII
)
_MICROSECONDS = {
    **dict.fromkeys(("us", "usec", "usecs", "microsecond", "microseconds"), 1),
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds"), 1_000),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1_000_000),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60_000_000),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3_600_000_000),
}
_DAYS = {**dict.fromkeys(("d", "day", "days"), 1), **dict.fromkeys(("w", "week", "weeks"), 7)}
_MONTHS = {
    **dict.fromkeys(("mon", "mons", "month", "months"), 1),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), 12),
}

_HEX = re.compile(r"\\x((?:[0-9a-f]{2})*)", re.ASCII | re.IGNORECASE)

_TRUE = frozenset({"t", "true", "y", "yes", "on", "1"})
_FALSE = frozenset({"f", "false", "n", "no", "off", "0"})
"""What PostgreSQL takes for a boolean (manual, 8.6), without shortened words."""


def canonical_number(text: str) -> str:
    """``007`` and ``7.0`` → ``7``; what is not a plain decimal number stays as it is."""
    text = text.replace("_", "")
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text.lower()
    whole, fraction = found[2].lstrip("0") or "0", (found[3] or "").rstrip("0")
    number = f"{whole}.{fraction}" if fraction else whole
    return f"-{number}" if found[1] == "-" and number != "0" else number


def canonical_literal(text: str, *, boolean: bool = False) -> str:
    """The one spelling of what stands between the quotes of a string.

    Args:
        boolean: whether the string becomes a boolean, so that ``t`` is ``true``.
    """
    if len(text) > _LONGEST:
        return text
    bare = text.strip()
    if boolean and bare.lower() in _TRUE | _FALSE:
        return "true" if bare.lower() in _TRUE else "false"
    if bare[:1] in {"{", "["}:
        return _document(bare)
    if bytes_ := _HEX.fullmatch(bare):
        return _escaped(bytes.fromhex(bytes_[1]))
    if bare == "epoch":
        bare = "1970-01-01"
    if bare[:1].isdigit() or bare[:1] in {"+", "-", "."}:
        return _moment(bare) or _span(bare) or _exponent(bare) or canonical_number(bare)
    return text


def is_number(text: str) -> bool:
    """Whether the canonical literal is a number."""
    return _NUMBER.fullmatch(text) is not None


def _escaped(value: bytes) -> str:
    """A bytea in its escape format (manual, 8.4.2)."""
    return "".join(
        "\\\\" if byte == 0x5C else chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}" for byte in value
    )


def _document(text: str) -> str:
    """JSON without regard to blanks and the order of keys; PostgreSQL's arrays without blanks and quotes."""
    try:
        return json.dumps(json.loads(text, parse_float=str), sort_keys=True, separators=(",", ":"))
    except (ValueError, RecursionError):
        return re.sub(r'["\s]+', "", text)


def _exponent(text: str) -> str:
    """``1e3`` → ``1000``."""
    return canonical_number(format(float(text), "f")) if _EXPONENT.fullmatch(text) else ""


def _moment(text: str) -> str:
    """Dates and times without a zone are taken as UTC, which is the zone of our own sessions."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return ""
    numbers = [int(part or 0) for part in found.group(1, 2, 3, 4, 5, 6)]
    micro = int((found[7] or "").ljust(6, "0") or 0)
    sign = -1 if found[9] == "-" else 1
    shift = sign * (int(found[10] or 0) * 60 + int(found[11] or 0)) * 60
    try:
        moment = datetime(*numbers, micro, tzinfo=UTC).timestamp() - shift  # type: ignore[arg-type,misc]
    except (ValueError, OverflowError):
        return ""
    return f"moment {moment:.6f}"


def _span(text: str) -> str:
    """An interval as months, days and microseconds, which is how PostgreSQL keeps it."""
    months = days = micro = 0.0
    position = 0
    while position < len(text):
        found = _SPAN_PART.match(text, position)
        if found is None:
            return ""
        position = found.end()
        if found[4] is not None:
            seconds = int(found[4]) * 3600 + int(found[5]) * 60 + float(found[6] or 0)
            micro += (-seconds if found[3] == "-" else seconds) * 1_000_000
            continue
        amount, unit = float(found[1]), found[2].lower()
        if unit in _MONTHS:
            months += amount * _MONTHS[unit]
        elif unit in _DAYS:
            days += amount * _DAYS[unit]
        elif unit in _MICROSECONDS:
            micro += amount * _MICROSECONDS[unit]
        else:
            return ""
    return f"span {months:g} {days:g} {micro:.0f}"
