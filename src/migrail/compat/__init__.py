"""What the application's queries do on a structure, and which of them break when it changes.

A query is read once, and judged on the structure before and on the structure after. What is wrong with it after and
was not before is what breaks it: there is one judge, and no list of changes that may hurt.
"""

from __future__ import annotations

from migrail.compat.compare import Breakage, compare
from migrail.compat.judge import Judgement, Use, judge
from migrail.compat.parse import Parsed, Unparsed, parse
from migrail.compat.structure import Structure
from migrail.compat.touched import touched_words

__all__ = [
    "Breakage",
    "Judgement",
    "Parsed",
    "Structure",
    "Unparsed",
    "Use",
    "compare",
    "judge",
    "parse",
    "touched_words",
]
