"""Views and triggers as SQLite has them: texts that it reads anew at each ALTER TABLE, and writes new names into.

A text that cannot be read is left out here: nothing is claimed of it, and after a rename it counts as not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace

from migrail.catalog import strings
from migrail.catalog.catalog import Catalog
from migrail.catalog.draft import Draft
from migrail.catalog.queries import view_columns
from migrail.catalog.rewrite import quoted
from migrail.catalog.values import Trigger, View
from migrail.model.operations import RenameColumn
from migrail.model.structure import Expression, Name
from migrail.sql.mentions import Mention, Mentions, Relation, mentions_in, mentions_in_body

ROWID = frozenset({"rowid", "oid", "_rowid_"})
TEMPORARY = "temp"
_SELECT = "SELECT "
_QUOTES = frozenset("\"'`[")
_STRING = re.compile(r'"(?:[^"]|"")*"')
_OWN_TABLES = ("sqlite_", "pragma_", "json_")
"""Tables and functions that are there without having been made."""

Edit = tuple[int, int, str]
"""From where to where a text is replaced, and by what."""


def holds(draft: Draft) -> bool:
    """Whether the database is of SQLite."""
    return draft.catalog.dialect.name == "sqlite"


def is_legacy(catalog: Catalog) -> bool:
    """Whether the session has RENAME TO leave views and triggers as they are."""
    return "legacy_alter_table" in catalog.switched_on


@dataclass(frozen=True, slots=True)
class _Text:
    """One text with what its names mean."""

    text: str
    mentions: Mentions | None
    catalog: Catalog
    schema: str | None
    """Where it is kept: names without a schema are looked up there."""
    row: Name | None = None
    """The table of NEW and OLD."""

    def target(self, name: Name) -> Name:
        """The relation that a name means."""
        return self.catalog.resolve_in(name, self.schema)

    def columns(self, relation: Name) -> Iterable[str] | None:
        """Its columns, where they are known."""
        table, view = self.catalog.tables.get(relation), self.catalog.views.get(relation)
        if table is not None:
            return table.columns if table.columns_known else None
        return view_columns(view, self.catalog.dialect) if view is not None and not view.rewritten else None

    def problems(self) -> Iterator[str]:
        """Why SQLite would not read it."""
        for relation in self.mentions.relations if self.mentions is not None else ():
            name = self.target(relation.name) if relation.name is not None else None
            own = name is None or name.name.startswith(_OWN_TABLES)
            if name is not None and not own and self.catalog.complete and not self._is_there(name):
                yield f"reads {name}, which does not exist"
        for mention in self.mentions.columns if self.mentions is not None else ():
            meaning = self.meaning(mention)
            if meaning is False and not mention.quoted and not mention.target and self.catalog.complete:
                shown = f"{mention.qualifier}.{mention.name}" if mention.qualifier else mention.name
                yield f"uses {shown}, which does not exist"

    def strings(self) -> Iterator[Mention]:
        """What looks like names, but is taken for strings."""
        for mention in self.mentions.columns if self.mentions is not None else ():
            if mention.quoted and not mention.target and self.meaning(mention) is False:
                yield mention

    def _is_there(self, name: Name) -> bool:
        return name in self.catalog.tables or name in self.catalog.views or name in self.catalog.foreign

    # What a name means: a relation of which it is a column, False for none, and None where that is not known.

    def meaning(self, mention: Mention) -> Name | bool | None:
        assert self.mentions is not None
        if mention.qualifier:
            return self._qualified(mention, self.mentions)
        if mention.sorts and mention.name in self.mentions.given:
            return None
        for level in mention.levels:
            found = [
                self._has(relation, mention.name) for relation in self.mentions.relations if relation.level == level
            ]
            named = [meaning for meaning in found if isinstance(meaning, Name)]
            if len(set(named)) == 1:
                return named[0]
            if named or None in found:
                return None
        return None if mention.name in self.mentions.given else False

    def _qualified(self, mention: Mention, mentions: Mentions) -> Name | bool | None:
        for level in mention.levels:
            for relation in mentions.relations:
                if relation.level == level and relation.called == mention.qualifier:
                    return self._has(relation, mention.name)
        if self.row is not None and mention.qualifier in ("new", "old"):
            return self._column_of(self.row, mention.name)
        if mention.qualifier == "excluded" and mention.levels:
            written = [relation for relation in mentions.relations if relation.level == mention.levels[-1]]
            return self._has(written[0], mention.name) if written else None
        return False

    def _has(self, relation: Relation, column: str) -> Name | bool | None:
        return None if relation.name is None else self._column_of(self.target(relation.name), column)

    def _column_of(self, relation: Name, column: str) -> Name | bool | None:
        columns = self.columns(relation)
        if columns is None:
            return None
        return relation if not column or column in columns or column in ROWID else False

    # What an ALTER TABLE writes into it; None where that cannot be told

    def column_renamed(self, table: Name, old: str, new: str) -> list[Edit] | None:
        """The places of a column of a table."""
        if self.mentions is None or old in self.mentions.shared:
            return None
        found: list[Edit] = []
        for mention in self.mentions.columns:
            meaning = self.meaning(mention) if mention.name == old else False
            if meaning is None and self._touches(table):
                return None
            if meaning == table:  # what is in quotes gets a name in quotes (renameEditSql)
                bare = self.text[mention.place[0]] not in _QUOTES or new[0] in _QUOTES
                found.append((*mention.place, new if bare else _in_quotes(new)))
        return found

    def table_renamed(self, table: Name, new: str) -> list[Edit] | None:
        """The places of a table, also in front of its columns."""
        if self.mentions is None:
            return None
        own = [
            item for item in self.mentions.relations if item.name is not None and self.target(item.name) == table
        ]
        levels = {item.level for item in own if not item.aliased}
        found = [(*item.place, new) for item in own]
        for mention in self.mentions.columns:
            if mention.qualifier == table.name and levels.intersection(mention.levels):
                found.append((*mention.before, new))
        return found

    def quotes_fixed(self) -> list[Edit] | None:
        """The strings in double quotes."""
        if self.mentions is None:
            return None
        names = [mention for mention in self.mentions.columns if mention.quoted and not mention.target]
        if any(self.meaning(mention) is None for mention in names):
            return None
        return [(*mention.place, strings.as_string(self.text[slice(*mention.place)])) for mention in self.strings()]

    def _touches(self, table: Name) -> bool:
        assert self.mentions is not None
        names = [self.target(relation.name) for relation in self.mentions.relations if relation.name is not None]
        return table == self.row or table in names


def _edited(text: str, edits: Iterable[Edit], offset: int = 0) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[: offset + start] + new + text[offset + end :]
    return text


# Whether SQLite can read all texts of a schema


def broken(catalog: Catalog, schema: str | None, about: str = "") -> Iterator[str]:
    """The views and triggers that SQLite would not be able to read.

    Args:
        catalog: the structure in which the names must mean something.
        schema: of the table that is altered; views and triggers of the session are read with those of any other.
        about: a name, where only the texts that say it are in question.
    """
    for view in catalog.views.values():
        if not view.rewritten and view.name.schema in (schema, TEMPORARY):
            yield from _shown(f"view {catalog.display(view.name)}", [_of_view(catalog, view)], about)
    for key, table in catalog.trigger_tables.items():
        trigger = trigger_of(catalog, table, key.name)
        if trigger is not None and trigger.body is not None and key.schema in (schema, TEMPORARY):
            texts = [text for _, text in _of_trigger(catalog, trigger, table, key.schema)]
            yield from _shown(f"trigger {trigger.name}", texts, about)


def _shown(kept: str, texts: Iterable[_Text], about: str) -> Iterator[str]:
    for text in texts if not about else [text for text in texts if _says(text, about)]:
        yield from (f"{kept} {problem}" for problem in text.problems())


def is_string(part: str) -> bool:
    """Whether a part of an index is a string in double quotes, and nothing else."""
    return _STRING.fullmatch(part) is not None


def missing_column(text: str, table: Name, columns: Container[str], *, dequoted: bool = False) -> str | None:
    """The first name in an expression of a table that is none of its columns."""
    mentions = mentions_in(_SELECT + text)
    for mention in mentions.columns if mentions is not None and not mentions.relations else ():
        there = mention.name in columns or mention.name in ROWID
        if mention.qualifier not in ("", table.name) or not (there or (mention.quoted and not dequoted)):
            return f"{mention.qualifier}.{mention.name}" if mention.qualifier else mention.name
    return None


def trigger_of(catalog: Catalog, table: Name, trigger: str) -> Trigger | None:
    """The trigger of a table or view."""
    holder = catalog.tables.get(table) or catalog.views.get(table)
    return holder.triggers.get(trigger) if holder is not None else None


def _of_view(catalog: Catalog, view: View) -> _Text:
    return _Text(view.query, mentions_in(view.query), catalog, view.name.schema)


def _of_trigger(catalog: Catalog, trigger: Trigger, table: Name, schema: str | None) -> Iterator[tuple[int, _Text]]:
    """Its condition, at -1, and the statements of its body with their places in it."""
    if trigger.when is not None:
        when = _SELECT + trigger.when.text
        yield -1, _Text(when, mentions_in(when), catalog, schema, table)
    for start, text, mentions in mentions_in_body(trigger.body or ""):
        yield start, _Text(text, mentions, catalog, schema, table)


def query_problem(catalog: Catalog, query: str) -> str | None:
    """Why SQLite cannot run a query: a relation or column that is missing."""
    return next(_Text(query, mentions_in(query), catalog, TEMPORARY).problems(), None)


# Writing into them


def follow_column(draft: Draft, operation: RenameColumn) -> None:
    """RENAME COLUMN, before it takes effect: also makes strings of what names no column (renameFixQuotes)."""
    table, old = operation.table, operation.column
    plain = not operation.quoted and quoted(operation.new_name, draft.catalog.dialect)
    name = plain or _in_quotes(operation.new_name)

    def edit(text: _Text) -> list[Edit] | None:
        fixed, renamed = _fixed(text), text.column_renamed(table, old, name) if _says(text, old) else []
        return None if fixed is None or renamed is None else [*fixed, *renamed]

    _write(draft, table.schema, edit)
    strings.fix(draft, table.schema)


def fix_quotes(draft: Draft, table: Name) -> None:
    """DROP COLUMN, before it takes effect."""
    _write(draft, table.schema, _fixed)
    strings.fix(draft, table.schema)


def follow_table(draft: Draft, table: Name, new: Name) -> None:
    """RENAME TO, before it takes effect."""
    if is_legacy(draft.catalog):
        return
    name = _in_quotes(new.name)
    _write(draft, table.schema, lambda text: text.table_renamed(table, name) if _says(text, table.name) else [])


def _in_quotes(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _says(text: _Text, name: str) -> bool:
    """Whether a name may be in a text; one with quotes in it is written in another way."""
    return '"' in name or name.lower() in text.text.lower()


def _fixed(text: _Text) -> list[Edit] | None:
    return text.quotes_fixed() if '"' in text.text else []


def _write(draft: Draft, schema: str | None, edit: Callable[[_Text], list[Edit] | None]) -> None:
    """Changes the texts of a schema and of the session. All are read before the first is changed."""
    catalog, schemas = draft.catalog, (schema, TEMPORARY)
    views = [_view_written(catalog, view, edit) for view in catalog.views.values() if view.name.schema in schemas]
    triggers: list[tuple[Name, Trigger]] = []
    for key, table in catalog.trigger_tables.items():
        known = trigger_of(catalog, table, key.name) if key.schema in schemas else None
        if known is not None:
            triggers.append((table, _trigger_written(catalog, known, table, key.schema, edit)))
    for view in views:
        if view is not draft.views[view.name]:
            draft.views[view.name] = view
    for table, trigger in triggers:
        if trigger is not trigger_of(catalog, table, trigger.name):
            draft.triggers_of(table)[trigger.name] = trigger


def _view_written(catalog: Catalog, view: View, edit: Callable[[_Text], list[Edit] | None]) -> View:
    edits = [] if view.rewritten else edit(_of_view(catalog, view))
    if edits is None:
        return replace(view, rewritten=True)
    return replace(view, query=_edited(view.query, edits)) if edits else view


def _trigger_written(
    catalog: Catalog,
    trigger: Trigger,
    table: Name,
    schema: str | None,
    edit: Callable[[_Text], list[Edit] | None],
) -> Trigger:
    if trigger.body is None:
        return trigger
    body, when = trigger.body, trigger.when
    for start, text in reversed(list(_of_trigger(catalog, trigger, table, schema))):
        edits = edit(text)
        if edits is None:
            return replace(trigger, body=None, when=None)
        if start < 0 and when is not None:
            when = Expression(text=_edited(text.text, edits)[len(_SELECT) :], functions=when.functions)
        else:
            body = _edited(body, edits, start)
    changed = body != trigger.body or (
        when is not None and trigger.when is not None and when.text != trigger.when.text
    )
    return replace(trigger, body=body, when=when) if changed else trigger
