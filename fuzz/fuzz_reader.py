"""Fuzzes the splitter and the reader with atheris, which looks for inputs that reach new code. See README.md."""

from __future__ import annotations

import random
import sys

import atheris

with atheris.instrument_imports(include=["migrail.sql", "migrail.model.text"]):
    import migrail.sql  # noqa: F401

from fuzz.reader import check, mixed, mutated
from fuzz.seeds import SEEDS
from migrail import dialects

DIALECTS = [dialects.get(name) for name in dialects.names()]


def fuzz_one(content: bytes) -> None:
    """Any bytes are a text; every dialect has to bear it."""
    text = content.decode("utf-8", "replace")
    for dialect in DIALECTS:
        check(text, dialect)


def mutate(content: bytes, size: int, seed: int) -> bytes:
    """Token by token as often as byte by byte. The first inputs come from the seeds."""
    choose = random.Random(seed)  # noqa: S311
    match choose.randrange(8):
        case 0:
            found = mixed(SEEDS, choose)
        case 1 | 2 | 3:
            found = mutated(content.decode("utf-8", "replace"), choose)
        case 4:
            found = content.decode("utf-8", "replace") + choose.choice(("", ";", "\n")) + choose.choice(SEEDS)
        case _:
            return atheris.Mutate(content, size)
    return found.encode("utf-8", "replace")[:size]


def main() -> None:
    """Runs until something breaks or the limits given on the command line are reached."""
    atheris.Setup(sys.argv, fuzz_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
