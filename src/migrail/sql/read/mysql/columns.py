"""Column definitions of MySQL and MariaDB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from migrail.model.structure import Column, Constraint, ConstraintKind, Expression, Generated, SqlType
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import column_default, group_expression
from migrail.sql.read.mysql.keys import check, reference
from migrail.sql.read.mysql.types import charset_name, read_type, take_charset


@dataclass(slots=True)
class _Draft:
    """A column while its clauses are read."""

    name: str
    type: SqlType | None = None
    not_null: bool = False
    default: Expression | None = None
    generated: Generated | None = None
    generation: Expression | None = None
    collation: str | None = None
    charset: str | None = None
    comment: str = ""
    constraints: list[Constraint] = field(default_factory=list)
    more: bool = False

    def finished(self) -> Column:
        return Column(
            name=self.name,
            type=self.type,
            not_null=self.not_null,
            default=self.default,
            generated=self.generated,
            generation=self.generation,
            collation=self.collation,
            charset=self.charset,
            comment=self.comment,
            constraints=tuple(self.constraints),
            more=self.more,
        )


def read_column(cursor: Cursor) -> Column:
    """Takes a column definition: name, type and attributes. AUTO_INCREMENT is an identity by default."""
    draft = _Draft(cursor.inner())
    while cursor.take("."):  # behind the name of the table
        draft.name = cursor.dialect.fold_inner(cursor.label())
    typed = read_type(cursor)
    draft.type, draft.charset, draft.collation = typed.type, typed.charset, typed.collation
    if typed.serial:
        draft.not_null = True
        draft.generated = Generated.IDENTITY_DEFAULT
        draft.constraints.append(Constraint(kind=ConstraintKind.UNIQUE))
    while _attribute(cursor, draft):
        pass
    return draft.finished()


def _attribute(cursor: Cursor, draft: _Draft) -> bool:
    phrase = cursor.take_phrase(_ATTRIBUTES)
    if phrase:
        _ATTRIBUTES[phrase](cursor, draft)
        return True
    if take_charset(cursor):
        draft.charset = charset_name(cursor)
        return True
    if cursor.take("CONSTRAINT"):
        word, read = ("REFERENCES", _references) if cursor.dialect.name == "mariadb" else ("CHECK", _check)
        name = None if cursor.at(word) else cursor.inner()
        cursor.expect(word)
        read(cursor, draft, name)
        return True
    if cursor.at_name() and cursor.peek(1).word == "=" and cursor.word not in ("ALGORITHM", "LOCK"):
        cursor.identifier()
        cursor.expect("=")
        cursor.value()
        return True
    return False


def _nothing(cursor: Cursor, draft: _Draft) -> None:
    """The attribute says nothing that is not so without it."""


def _word(cursor: Cursor, draft: _Draft) -> None:
    draft.more = True


def _not_null(cursor: Cursor, draft: _Draft) -> None:
    draft.not_null = True
    cursor.take("ENABLE")


def _default(cursor: Cursor, draft: _Draft) -> None:
    draft.default = default_value(cursor)


def default_value(cursor: Cursor) -> Expression:
    """Takes the expression behind DEFAULT."""
    for words, function in ((("NEXT", "VALUE", "FOR"), "nextval"), (("PREVIOUS", "VALUE", "FOR"), "lastval")):
        if cursor.take(*words):
            start = cursor.offset
            cursor.name()
            return Expression(text=f"{function}({cursor.since(start)})", functions=("nextval",))
    return column_default(cursor)


def _on_update(cursor: Cursor, draft: _Draft) -> None:
    draft.more = True
    cursor.expect_phrase(("CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"))
    if cursor.at("("):
        cursor.group()


def _auto_increment(cursor: Cursor, draft: _Draft) -> None:
    draft.generated = Generated.IDENTITY_DEFAULT
    draft.not_null = True


def _serial(cursor: Cursor, draft: _Draft) -> None:
    _auto_increment(cursor, draft)
    _unique(cursor, draft)


def _unique(cursor: Cursor, draft: _Draft) -> None:
    cursor.take("KEY")
    draft.constraints.append(Constraint(kind=ConstraintKind.UNIQUE))


def _primary(cursor: Cursor, draft: _Draft) -> None:
    draft.not_null = True
    draft.constraints.append(Constraint(kind=ConstraintKind.PRIMARY_KEY, name="PRIMARY"))


def _comment(cursor: Cursor, draft: _Draft) -> None:
    cursor.take("=")
    draft.comment = cursor.string()


def _string(cursor: Cursor, draft: _Draft) -> None:
    draft.more = True
    cursor.take("=")
    cursor.string()


def _value(cursor: Cursor, draft: _Draft) -> None:
    draft.more = True
    cursor.take("=")
    cursor.value()


def _compressed(cursor: Cursor, draft: _Draft) -> None:
    draft.more = True
    if cursor.take("="):
        cursor.value()


def _collate(cursor: Cursor, draft: _Draft) -> None:
    draft.collation = charset_name(cursor)


def _generation(cursor: Cursor, draft: _Draft) -> None:
    """Without a word the column is virtual. PERSISTENT is MariaDB's first word for STORED."""
    if row := cursor.take_phrase(("ROW START", "ROW END")):
        draft.generation = Expression(text=row)
        draft.generated = Generated.STORED
        draft.not_null = True
        return
    draft.generation = group_expression(cursor)
    stored = cursor.take_one(("STORED", "PERSISTENT", "VIRTUAL")) in ("STORED", "PERSISTENT")
    draft.generated = Generated.STORED if stored else Generated.VIRTUAL


def _binary(cursor: Cursor, draft: _Draft) -> None:
    draft.collation = "binary"


def _check(cursor: Cursor, draft: _Draft, name: str | None = None) -> None:
    draft.constraints.append(check(cursor, name))


def _references(cursor: Cursor, draft: _Draft, name: str | None = None) -> None:
    """MariaDB from 10.5 and MySQL from 9.0 heed it; MySQL before reads and forgets it (manual, 1.6.2.3)."""
    target = reference(cursor)
    if cursor.dialect.name == "mariadb":
        draft.constraints.append(Constraint(kind=ConstraintKind.FOREIGN_KEY, name=name, references=target))


_ATTRIBUTES: dict[str, Callable[[Cursor, _Draft], None]] = {
    "NOT NULL": _not_null,
    "NULL": _nothing,
    "DEFAULT": _default,
    "ON UPDATE": _on_update,
    "AUTO_INCREMENT": _auto_increment,
    "SERIAL DEFAULT VALUE": _serial,
    "UNIQUE": _unique,
    "PRIMARY KEY": _primary,
    "KEY": _primary,
    "COMMENT": _comment,
    "COLLATE": _collate,
    "COLUMN_FORMAT": _value,
    "STORAGE": _value,
    "ENGINE_ATTRIBUTE": _string,
    "SECONDARY_ENGINE_ATTRIBUTE": _string,
    "VISIBLE": _word,
    "INVISIBLE": _word,
    "NOT INVISIBLE": _word,
    "GENERATED ALWAYS AS": _generation,
    "AS": _generation,
    "CHECK": _check,
    "REFERENCES": _references,
    "SRID": _value,
    "REF_SYSTEM_ID": _value,
    "WITH SYSTEM VERSIONING": _word,
    "WITHOUT SYSTEM VERSIONING": _word,
    "COMPRESSED": _compressed,
    "BINARY": _binary,
}
"""The attributes, in any order, and what follows their words."""
