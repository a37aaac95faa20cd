"""Which words a query has to hold for a change to matter to it.

Most queries name nothing that a migration changes. They are not judged again: what they do depends on the
relations, functions and types that they name, and on those behind these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrail.catalog import Catalog
from migrail.model.structure import Name
from migrail.model.text import words_of


def touched_words(before: Catalog, after: Catalog) -> frozenset[str]:
    """The words of everything that differs, and of everything that rests on it, in lower case."""
    names = {
        name
        for one, other in (
            (before.tables, after.tables),
            (before.views, after.views),
            (before.sequences, after.sequences),
            (before.functions, after.functions),
            (before.types, after.types),
        )
        for name in _differing(one, other)
    }
    changed_types = _differing(before.types, after.types)
    for catalog in (before, after):
        for type_ in changed_types:
            names.update(catalog.tables_with_type(type_))
        for name in tuple(names):
            names.update(catalog.views_reading(name))
            names.update(catalog.parents_of(name))
    words = set(_words(names))
    others = before.others.keys() | after.others.keys()
    words.update(key.name.name for key in others if before.others.get(key) is not after.others.get(key))
    for catalog in (before, after):
        _add_code(words, catalog)
    return frozenset(words)


def _differing(one: Mapping[Name, Any], other: Mapping[Name, Any]) -> set[Name]:
    return {name for name in one.keys() | other.keys() if one.get(name) is not other.get(name)}


def _words(names: Iterable[Name]) -> Iterator[str]:
    for name in names:
        yield from words_of(name.name)


def _add_code(words: set[str], catalog: Catalog) -> None:
    """What holds one of the words in its text: functions, tables whose triggers call them, and views on these."""
    texts: dict[Name, frozenset[str]] = {}
    for name, overloads in catalog.functions.items():
        said = " ".join(f"{item.body or ''} {item.arguments} {item.returns or ''}" for item in overloads)
        texts[name] = words_of(said)
    for name, table in catalog.tables.items():
        if table.triggers:
            said = " ".join(f"{item.function or ''} {item.body or ''}" for item in table.triggers.values())
            texts[name] = words_of(said)
    found = True
    while found:
        reached = [name for name, said in texts.items() if not words.isdisjoint(said)]
        found = bool(reached)
        for name in reached:
            del texts[name]
            words.update(_words((name, *catalog.views_reading(name))))
