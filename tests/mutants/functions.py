"""Mutants of functions: cosmic-ray changes an operator, a number or a condition, and the code of the living function is
exchanged, so that whoever imported it meets the fault."""

import ast
import difflib
import functools
import gc
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

from tests.mutants.mutant import Mutant, NotTried
from tests.mutants.targets import MESSAGES, OPERATORS, WITHOUT_EFFECT

Function = ast.FunctionDef | ast.AsyncFunctionDef
Place = tuple[int, int]
_operators = OperatorProvider()


@dataclass(frozen=True)
class FunctionMutant(Mutant):
    """The occurrence of an operator in a file, and the qualified name of the function that holds it."""

    path: Path
    function: str
    operator: str
    occurrence: int

    def apply(self, fixtures: Mapping[str, Any]) -> None:
        """Exchange the code of the function, wherever it lives, and forget what functions remember."""
        source = self.path.read_text()
        old, new = (_codes(compile(text, str(self.path), "exec")) for text in (source, self._mutated(source)))
        changed = {key: code for key, code in new.items() if code != old.get(key)}
        gc.unfreeze()
        living = [found for found in gc.get_objects() if isinstance(found, FunctionType)]
        exchanged = 0
        for function in living:
            code = function.__code__
            if code.co_filename == str(self.path) and (replacement := changed.get(_key(code))) is not None:
                _exchange(function, replacement)
                exchanged += 1
        if not exchanged:
            raise NotTried("no living function has this code")
        for remembering in (found for found in gc.get_objects() if isinstance(found, functools._lru_cache_wrapper)):
            remembering.cache_clear()

    def concerns(self, test: str, entered: Iterable[str]) -> bool:
        """A test that enters the function may notice."""
        return entered_name(self.path, self.function) in entered

    def shown(self) -> str:
        """The lines before and after."""
        source = self.path.read_text()
        lines = difflib.unified_diff(
            source.splitlines(), self._mutated(source).splitlines(), self.path.name, self.name, n=0, lineterm=""
        )
        return "\n".join(line for line in lines if not line.startswith(("---", "+++")))

    def _mutated(self, source: str) -> str:
        return str(mutate_code(source, _operators[self.operator](), self.occurrence))


def entered_name(path: Path | str, function: str) -> str:
    """How a function is called in the list of what a test enters."""
    return f"{path}:{function}"


def mutants_of(path: Path) -> Iterator[FunctionMutant]:
    """Every mutant of the functions in a file, in the order of operators and places."""
    source = path.read_text()
    bodies = list(_bodies(ast.parse(source)))
    spared = list(_spared(ast.parse(source)))
    nodes = list(ast_nodes(get_ast(source)))
    for name in OPERATORS:
        operator = _operators[name]()
        places = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        nth: Counter[str] = Counter()
        for occurrence, place in enumerate(places):
            holders = [body for body in bodies if body.start <= place < body.end]
            if not holders or any(start <= place < end for start, end in spared):
                continue
            holder = max(holders, key=lambda body: body.start)
            nth[holder.name] += 1
            shown = f"{'.'.join(path.with_suffix('').parts[-2:])}:{holder.name}"
            yield FunctionMutant(
                f"{shown} {name} {nth[holder.name]} #{holder.fingerprint}", path, holder.name, name, occurrence
            )


@dataclass(frozen=True)
class _Body:
    name: str
    start: Place
    end: Place
    fingerprint: str


def _bodies(tree: ast.AST, above: str = "") -> Iterator[_Body]:
    """The bodies of all functions, with the names that their code carries."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            first, last = node.body[0], node.body[-1]
            fingerprint = hashlib.sha256(ast.unparse(node).encode()).hexdigest()[:8]
            start, end = (first.lineno, first.col_offset), (last.end_lineno or 0, last.end_col_offset or 0)
            yield _Body(f"{above}{node.name}", start, end, fingerprint)
            yield from _bodies(node, f"{above}{node.name}.<locals>.")
        else:
            yield from _bodies(node, f"{above}{node.name}." if isinstance(node, ast.ClassDef) else above)


def _spared(tree: ast.AST) -> Iterator[tuple[Place, Place]]:
    """Where nothing is changed: messages, annotations, and what has no effect."""
    for node in ast.walk(tree):
        parts: list[Any] = []
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            parts += node.args[:1] if called in MESSAGES | WITHOUT_EFFECT else []
            parts += [keyword.value for keyword in node.keywords] if called in WITHOUT_EFFECT else []
        parts += [getattr(node, name, None) for name in ("annotation", "returns")]
        for part in filter(None, parts):
            yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)


def _codes(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """The code of everything defined in a module, by its qualified name and first line."""
    found: dict[tuple[str, int], CodeType] = {}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found[_key(constant)] = constant
            found |= _codes(constant)
    return found


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _exchange(function: FunctionType, code: CodeType) -> None:
    try:
        function.__code__ = code
    except ValueError as refusal:
        raise NotTried(str(refusal)) from refusal
