"""What names stand for: the assignments of a module, its classes and its functions, without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_ALTERNATIVES = 8
"""How many values of one name are followed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Assigned:
    """A value that a name is given, or that is added to it."""

    value: ast.expr
    added: bool
    certain: bool
    """Whether it stands at the same level as the name's first value, so that it is always reached."""


@dataclass(eq=False, slots=True)
class Scope:
    """A module, class or function."""

    name: str
    """Dotted: ``Repository.find``; empty for the module."""
    kind: type[ast.AST]
    parent: Scope | None = None
    names: dict[str, list[Assigned]] = field(default_factory=dict)
    classes: dict[str, Scope] = field(default_factory=dict)
    calls: list[ast.Call] = field(default_factory=list)
    imports: dict[str, str] = field(default_factory=dict)
    """Names that come from other modules, and from which."""
    _level: dict[str, int] = field(default_factory=dict)

    def assign(self, name: str, value: ast.expr, block: int, *, added: bool) -> None:
        first = self._level.setdefault(name, block)
        found = self.names.setdefault(name, [])
        if len(found) < MAX_ALTERNATIVES:
            found.append(Assigned(value=value, added=added, certain=block == first))

    def lookup(self, name: str) -> tuple[Scope, list[Assigned]] | None:
        """Where a name is found from here, and its values: functions do not see the names of their class."""
        scope: Scope | None = self
        while scope:
            if name in scope.names and (scope is self or scope.kind is not ast.ClassDef):
                return scope, scope.names[name]
            scope = scope.parent
        return None

    def imported(self, name: str) -> str | None:
        """The module that a name comes from; ``None`` for a name of this module."""
        scope: Scope | None = self
        while scope:
            if name in scope.imports:
                return scope.imports[name]
            scope = scope.parent
        return None

    def of_class(self, name: str | None) -> Scope | None:
        """The class of that name that is seen from here, or the one that this scope is in."""
        scope: Scope | None = self
        while scope:
            if name is None and scope.kind is ast.ClassDef:
                return scope
            if name is not None and name in scope.classes:
                return scope.classes[name]
            scope = scope.parent
        return None


def scopes(module: ast.Module) -> list[Scope]:
    """All scopes of a module with their assignments and calls, in the order of the source."""
    top = Scope("", ast.Module)
    found = [top]
    pending: list[tuple[ast.AST, Scope, int]] = [(module, top, 0)]
    blocks = 0
    while pending:
        node, scope, block = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            scope = _enter(node, scope)
            found.append(scope)
        else:
            _note(node, scope, block)
        children: list[tuple[ast.AST, Scope, int]] = []
        for name, child in _children(node):
            blocks += isinstance(child, ast.stmt) and child is getattr(node, name)[0]
            children.append((child, scope, blocks if isinstance(child, ast.stmt) else block))
        pending.extend(reversed(children))
    return found


def _enter(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, scope: Scope) -> Scope:
    inner = Scope(f"{scope.name}.{node.name}".lstrip("."), type(node), scope)
    if isinstance(node, ast.ClassDef):
        scope.classes[node.name] = inner
    return inner


def _note(node: ast.AST, scope: Scope, block: int) -> None:
    match node:
        case ast.Call():
            scope.calls.append(node)
        case ast.ImportFrom(module=module, names=names, level=level):
            origin = "." * level + (module or "")
            scope.imports.update((alias.asname or alias.name, origin) for alias in names)
        case ast.Import(names=names):
            scope.imports.update((alias.asname or alias.name.partition(".")[0], alias.name) for alias in names)
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    rest = _added(target.id, value)
                    scope.assign(target.id, rest or value, block, added=rest is not None)
        case (
            ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            | ast.NamedExpr(target=ast.Name(id=name), value=value)
        ):
            scope.assign(name, value, block, added=False)
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
            scope.assign(name, value, block, added=True)


def _added(name: str, value: ast.expr) -> ast.expr | None:
    """``more`` of ``name = name + more``."""
    match value:
        case ast.BinOp(left=ast.Name(id=left), op=ast.Add(), right=right) if left == name:
            return right
    return None


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        if isinstance(value, list):
            yield from ((name, item) for item in value if isinstance(item, ast.AST))
        elif isinstance(value, ast.AST):
            yield name, value
