"""``-- migrail:`` comments.

At the top of a file, before its first statement: ``transaction=on|off``, ``lock_timeout=10s|500ms|1min`` and
``phase=expand|backfill|contract``; several may stand in one comment. Before any statement:
``ignore MR201, MR202 reason="..."``, which silences these rules for that statement, or, at the top of the file, for
the whole file.

Anything else that begins with ``migrail:`` is a flaw, so that a slip of the pen never changes what is checked
or how it is run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from migrail.model.migration import Comment, Directives, Phase, Suppression, TransactionMode
from migrail.model.text import Span, visible
from migrail.sql.split import Flaw, Split

_DIRECTIVE = re.compile(r"--[ \t]*migrail[ \t]*:[ \t]*", re.IGNORECASE)
_ALMOST = re.compile(
    r"(?:--|#|/\*)\s*migrail(?:\s*:|\s+(?:ignore\b|(?:transaction|lock_timeout|phase)\s*=))", re.IGNORECASE
)
_IGNORE = re.compile(r"ignore\b")
_WORD = re.compile(r"[^\s,=\"']+")
_SETTING = re.compile(r"([^\s,=]+)[ \t]*=[ \t]*([^\s,]+)[\s,]*")
_REASON = re.compile(r"reason[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)')[ \t\f\v\r]*\Z")
_CODE = re.compile(r"MR[0-9A-Z]{1,8}|[A-Z]+(?:-[A-Z]+)+", re.IGNORECASE)
"""A code, or what was meant as one; whether there is such a rule, those know who know the rules."""
_TIME = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(ms|s|min)")
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0}


def _lock_timeout(value: str) -> float:
    found = _TIME.fullmatch(value)
    if not found or not float(found[1]):
        raise ValueError(value)
    return float(found[1]) * _SECONDS[found[2]]


def _transaction(value: str) -> TransactionMode:
    """A file cannot ask for ``batch``, which is about others too."""
    return {"on": TransactionMode.MIGRATION, "off": TransactionMode.OFF}[value]


_SETTINGS: dict[str, tuple[Callable[[str], Any], str]] = {
    "transaction": (_transaction, "on or off"),
    "lock_timeout": (_lock_timeout, "a time above 0 such as 10s, 500ms or 1min"),
    "phase": (Phase, "expand, backfill or contract"),
}


@dataclass(slots=True)
class _Reader:
    settings: dict[str, Any] = field(default_factory=dict)
    suppressions: list[Suppression] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def flaw(self, message: str, span: Span, offset: int = 0) -> None:
        self.flaws.append(Flaw(message, span.line, span.column + offset))

    def read(self, comment: Comment, statement: int | None, *, top: bool) -> None:
        """Reads a comment that stands before a statement; ``None`` is the whole file."""
        found = _DIRECTIVE.match(comment.text)
        if not found:
            if _ALMOST.match(comment.text):
                self.flaw("a directive is written -- migrail: on a line of its own", comment.span)
        elif _IGNORE.match(comment.text, found.end()):
            self._ignore(comment, found.end() + len("ignore"), statement)
        else:
            self._settings(comment, found.end(), top=top)

    def misplaced(self, comment: Comment, where: str) -> None:
        """A directive in a comment that belongs to no statement below it is a flaw."""
        if _ALMOST.match(comment.text):
            self.flaw(f"this directive stands {where}; write it on a line before a statement", comment.span)

    def _ignore(self, comment: Comment, position: int, statement: int | None) -> None:
        text, span = comment.text, comment.span
        codes: list[str] = []
        while word := _WORD.search(text, position):
            if word[0].lower() == "reason":
                break
            if not _CODE.fullmatch(word[0]):
                self.flaw(f"{visible(word[0])} is no rule code such as MR201", span, word.start())
                return
            codes.append(word[0].upper())
            position = word.end()
        reason = _REASON.match(text, word.start()) if word else None
        if not codes:
            self.flaw("ignore needs the code of a rule, such as MR201", span, position)
        elif not reason or not (reason[1] or reason[2] or "").strip():
            place = word.start() if word else position
            self.flaw('ignore needs a reason at its end: reason="why this is safe here"', span, place)
        else:
            why = (reason[1] or reason[2]).strip()
            self.suppressions += [
                Suppression(code=code, reason=why, span=span, statement=statement) for code in dict.fromkeys(codes)
            ]

    def _settings(self, comment: Comment, position: int, *, top: bool) -> None:
        text, span = comment.text.rstrip(), comment.span
        if position >= len(text):
            self.flaw("this directive is empty", span)
        while position < len(text):
            setting = _SETTING.match(text, position)
            if not setting:
                word = _WORD.search(text, position)
                self._unknown(word[0] if word else text[position:], span, position)
                return
            self._setting(setting, span, top=top)
            position = setting.end()

    def _setting(self, setting: re.Match[str], span: Span, *, top: bool) -> None:
        key, value = setting[1], setting[2]
        if key not in _SETTINGS:
            self._unknown(key, span, setting.start())
            return
        parse, expected = _SETTINGS[key]
        if not top:
            self.flaw(f"{key} is for the whole file: write it before the first statement", span, setting.start())
        elif key in self.settings:
            self.flaw(f"{key} is given twice", span, setting.start())
        else:
            try:
                self.settings[key] = parse(value)
            except (ValueError, KeyError):
                self.flaw(f"{key} is {expected}, not {visible(value)}", span, setting.start(2))

    def _unknown(self, word: str, span: Span, offset: int) -> None:
        near = get_close_matches(word[:40].lower(), [*_SETTINGS, "ignore"], n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there is {', '.join([*_SETTINGS, 'ignore'])}"
        if word in _SETTINGS:
            hint = f"; write {word}=..."
        self.flaw(f"{visible(word[:40])} is no directive{hint}", span, offset)


def read_directives(split: Split) -> tuple[Directives, list[Flaw]]:
    """What the comments of a file say to migrail, and what is wrong with it."""
    reader = _Reader()
    for statement in split.statements:
        top = statement.number == 1
        for comment in statement.comments:
            reader.read(comment, None if top else statement.number, top=top)
        for comment in statement.inner_comments:
            reader.misplaced(comment, "inside or behind a statement")
    for comment in split.tail if split.statements else ():
        reader.misplaced(comment, "behind the last statement")
    directives = Directives(**reader.settings, suppressions=tuple(reader.suppressions))
    return directives, sorted(reader.flaws, key=lambda flaw: (flaw.line, flaw.column))
