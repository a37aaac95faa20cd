"""What a string expression comes to, as far as the source tells; what it does not tell is a hole."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import islice, product

from migrail.queries.files.python_source._literals import PythonText
from migrail.queries.files.python_source._pieces import Piece, Text, filled
from migrail.queries.files.python_source._scopes import MAX_ALTERNATIVES, Assigned, Scope

MAX_DEPTH = 60
"""How deep expressions and names are followed."""
MAX_LENGTH = 4_000_000
"""Characters of a string that is put together; longer ones come from names that double each other."""

_PERCENT = re.compile(r"%(?:\(([^()]*)\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])")
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::[^{}]*)?\}")
_UNCHANGED = frozenset({"bindparams", "columns", "execution_options", "strip", "lstrip", "rstrip", "as_string"})
"""Methods behind which a text asks the same."""
_WRAPPERS = frozenset({"text", "SQL", "dedent", "cleandoc", "RawSQL", "TextClause", "str"})
"""Functions that hand on the text of their first argument."""
_PLACEHOLDERS = frozenset({"Placeholder", "Literal"})


class Values:
    """Evaluates the strings of one module."""

    def __init__(self, source: PythonText) -> None:
        self.source = source
        self.used: set[ast.expr] = set()
        """The values of names that were needed to know another value or what a call runs."""
        self._known: dict[ast.expr, list[Text]] = {}

    def texts(self, node: ast.expr, scope: Scope, depth: int = 0) -> list[Text]:
        """The strings that an expression may come to; none where nothing of it is known, or it is too long."""
        if node not in self._known:
            if depth > MAX_DEPTH:
                return []
            self._known[node] = []  # what an expression that needs itself finds
            found = islice(self._texts(node, scope, depth + 1), MAX_ALTERNATIVES)
            self._known[node] = [text for text in found if _length(text) <= MAX_LENGTH]
        return self._known[node]

    def _texts(self, node: ast.expr, scope: Scope, depth: int) -> Iterator[Text]:
        match node:
            case ast.Constant(value=str()):
                yield self._literal(node)
            case ast.JoinedStr():
                yield self._interpolated(node, scope, depth)
            case ast.BinOp(op=ast.Add()):
                yield from self._sum(node, scope, depth)
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                for text in self.texts(left, scope, depth):
                    yield self._percent(text, right, scope, depth)
            case ast.IfExp(body=body, orelse=orelse):
                yield from self.texts(body, scope, depth)
                yield from self.texts(orelse, scope, depth)
            case ast.NamedExpr(value=value):
                yield from self.texts(value, scope, depth)
            case ast.Name(id=name):
                yield from self._named(scope.lookup(name), depth)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                found = scope.of_class(None if owner in ("self", "cls") else owner)
                if found and name in found.names:
                    yield from self._named((found, found.names[name]), depth)
            case ast.Call():
                yield from self._call(node, scope, depth)

    def _literal(self, node: ast.Constant) -> Text:
        return (Piece(text=str(node.value), at=self.source.runs(node)[0]),)

    def _interpolated(self, node: ast.JoinedStr, scope: Scope, depth: int) -> Text:
        runs = iter(self.source.runs(node))
        at = next(runs)
        pieces: list[Piece] = []
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                pieces += self._inserted(value.value, scope, depth)
                at = next(runs, at)
            elif isinstance(value, ast.Constant):
                pieces.append(Piece(text=str(value.value), at=at))
        return tuple(pieces)

    def _inserted(self, node: ast.expr, scope: Scope, depth: int) -> Text:
        """What stands for an expression inside a string: its text if there is exactly one, else a hole."""
        texts = self.texts(node, scope, depth)
        if len(texts) == 1:
            return texts[0]
        place = self.source.place(node)
        return (Piece(hole=_called(node), at=lambda _: place),)

    def _sum(self, node: ast.BinOp, scope: Scope, depth: int) -> Iterator[Text]:
        """Sums are nested to the left, as deep as they are long."""
        terms: list[ast.expr] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
            terms.append(left.right)
            left = left.left
        known = [self.texts(term, scope, depth) for term in (left, *reversed(terms))]
        if any(known):
            nodes = (left, *reversed(terms))
            parts = [
                texts or [self._inserted(term, scope, depth)] for term, texts in zip(nodes, known, strict=True)
            ]
            for choice in product(*parts):
                yield tuple(piece for text in choice for piece in text)

    def _percent(self, text: Text, right: ast.expr, scope: Scope, depth: int) -> Text:
        values = iter(right.elts if isinstance(right, ast.Tuple) else [right])
        by_key = dict(_items(right)) if isinstance(right, ast.Dict) else {}

        def value(found: re.Match[str]) -> Text | str:
            if found[2] == "%":
                return "%"
            node = by_key.get(found[1], right) if found[1] is not None else next(values, right)
            return self._inserted(node, scope, depth)

        return filled(text, _PERCENT, value)

    def _formatted(self, text: Text, call: ast.Call, scope: Scope, depth: int) -> Text:
        unnumbered = iter(call.args)
        by_key = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}

        def value(found: re.Match[str]) -> Text | str:
            if found[0] in ("{{", "}}"):
                return found[0][0]
            name = re.split(r"[.\[]", found[1], maxsplit=1)[0]
            node: ast.expr | None
            if name.isdecimal():
                node = call.args[int(name)] if int(name) < len(call.args) else None
            else:
                node = by_key.get(name) if name else next(unnumbered, None)
            if node is not None and name == found[1]:
                return self._inserted(node, scope, depth)
            place = self.source.place(call)
            return (Piece(hole=found[1] or "value", at=lambda _: place),)

        return filled(text, _FIELD, value)

    def _call(self, call: ast.Call, scope: Scope, depth: int) -> Iterator[Text]:
        name = called(call)
        place = self.source.place(call)
        first = call.args[0] if call.args else None
        if isinstance(call.func, ast.Attribute) and name == "format":
            for text in self.texts(call.func.value, scope, depth):
                yield self._formatted(text, call, scope, depth)
        elif isinstance(call.func, ast.Attribute) and name in _UNCHANGED:
            yield from self.texts(call.func.value, scope, depth)
        elif name in _WRAPPERS and first is not None:
            yield from self.texts(first, scope, depth)
        elif name == "Identifier" and (names := _strings(call.args)):
            yield (Piece(text=".".join(f'"{part}"' for part in names), at=lambda _: place),)
        elif name in _PLACEHOLDERS:
            yield (Piece(text="%s", at=lambda _: place),)

    def _named(self, found: tuple[Scope, list[Assigned]] | None, depth: int) -> Iterator[Text]:
        """The values of a name: each that it is given, with what is always added, and with each that may be."""
        if found is None:
            return
        scope, assigned = found
        bases: list[Text] = []
        for item in assigned:
            self.used.add(item.value)
            texts = self.texts(item.value, scope, depth)
            if not item.added:
                bases += texts
                continue
            if not texts:
                place = self.source.place(item.value)
                texts = [(Piece(hole=_called(item.value), at=lambda _, place=place: place),)]  # type: ignore[misc]
            longer = [(*base, *text) for base in bases for text in texts]
            bases = longer if item.certain else [*bases, *(_uncertain(text) for text in longer)]
            bases = bases[:MAX_ALTERNATIVES]
        yield from bases


def _length(text: Text) -> int:
    return sum(len(piece.text) for piece in text) + 100 * len(text)


def _uncertain(text: Text) -> Text:
    """The same string, marked as one that may not be all: an empty hole stands behind it."""
    at = text[-1].at
    return (*text, Piece(text=" ", at=at), Piece(hole="", at=at), Piece(text=" ", at=at))


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _called(node: ast.expr) -> str:
    """A short name for a value."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call():
            return called(node) or "value"
        case ast.Subscript(slice=ast.Constant(value=str() as key)):
            return key
        case ast.Subscript(value=value) | ast.Await(value=value) | ast.Starred(value=value):
            return _called(value)
    return "value"


def _items(node: ast.Dict) -> Iterable[tuple[object, ast.expr]]:
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant):
            yield key.value, value


def _strings(nodes: list[ast.expr]) -> list[str]:
    """The strings that all of the expressions are; none where one is something else."""
    found = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return found if len(found) == len(nodes) else []
