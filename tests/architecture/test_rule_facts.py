"""Rules are asked about facts: values that are whole or do not exist. Nothing lenient, in any capability."""

import ast
from dataclasses import MISSING, fields
from importlib import import_module

import pytest

from tracker.assistance.models import AssistanceRequest
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, can
from tracker.settings.configuration import ROOT

POLICIES = sorted((ROOT / "tracker").rglob("policies.py"))
MODULES = [import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)) for path in POLICIES]
TABLES = {module.__name__: module.RULES for module in MODULES if hasattr(module, "RULES")}


def kinds_of_facts(of: type = Facts) -> set[type]:
    """Every class of facts, as its module knows it: `slots=True` leaves a first draft of each class behind."""
    known = {vars(import_module(kind.__module__))[kind.__name__] for kind in of.__subclasses__()}
    return known.union(*(kinds_of_facts(kind) for kind in known))


def name(path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("kind", sorted(kinds_of_facts(), key=str), ids=lambda kind: kind.__name__)
def test_facts_are_frozen_and_have_no_defaults(kind):
    assert kind.__dataclass_params__.frozen
    assert kind.__dictoffset__ == 0, "slots=True: nothing can be hung on it"
    assert all(field.default is MISSING and field.default_factory is MISSING for field in fields(kind))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_of_a_row_no_rule_can_be_asked(table):
    for action in TABLES[table]:
        with pytest.raises(TypeError, match="AssistanceRequest"):
            can(TABLES[table], action, Actor.system, AssistanceRequest())


def test_nothing_is_hung_on_a_row():
    row = AssistanceRequest(title="Digital evidence")
    row.title = "Digital evidence for prosecutors"
    with pytest.raises(AttributeError, match="AssistanceRequest has no column recused_ids"):
        row.recused_ids = frozenset()
    assert row.title == "Digital evidence for prosecutors"


def test_no_rule_reads_a_fact_leniently():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in [*POLICIES, *(ROOT / "tracker").rglob("rule_facts.py")]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr" and len(node.args) > 2
    ]
    assert not found, "a fact that is missing is an error: add it to the facts"


def test_every_rule_says_whose_facts_it_asks_for():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in POLICIES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and len(node.args.args) == 2
        and ast.unparse(node.args.args[0].annotation or ast.Constant(None)) == "Actor"
        and ast.unparse(node.args.args[1].annotation or ast.Name("Any")) == "Any"
    ]
    assert not found, "name the facts, or `object` where the rule asks about the actor alone"
