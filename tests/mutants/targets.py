"""What is broken and which tests are asked: the one table to change when modules move."""

from pathlib import Path

from tracker.settings.configuration import ROOT

# Modules whose functions are broken, as patterns below tracker/.
FUNCTIONS = (
    *("**/lifecycle.py", "**/policies.py", "**/rule_facts.py", "rights/rules.py"),
    *("pledges/ledger.py", "pledges/funding.py", "pledges/earmarks.py", "assistance/clocks.py", "money/*.py"),
)
# The tables that are shortened: the last name of their module, and what of a row holds its elements (None: the row).
TABLES = {"RULES": ("policies", None), "TRANSITIONS": ("lifecycle", "sources"), "CATALOGUE": ("catalogue", "tell")}
# The functions that are called about a row, with the argument that is its key (or has it as its name).
READERS = {"RULES": ("can", "action"), "TRANSITIONS": ("apply", "action"), "CATALOGUE": ("expand", "event")}

TESTS = (
    "accounts",
    "assistance",
    "constraints",
    "desks",
    "files",
    "database",
    "imports",
    "jobs",
    "money",
    "notifications",
    "participation",
)
TESTS += ("pledges", "reference", "rights", "search", "triage")
# A unique key has no function that a test could be seen to enter: these are asked, those that name it first.
TESTS_OF_KEYS = "tests/constraints/"

# What starts processes cannot be forked, and what breaks things on purpose takes too long.
UNFIT_MARKERS = ("browser", "worker", "fault", "production")
UNFIT_FIXTURES = frozenset({"_broker", "browser", "production_set", "site", "owner"})

_COMPARED = "Eq_NotEq NotEq_Eq Lt_LtE LtE_Lt Gt_GtE GtE_Gt Lt_GtE LtE_Gt Gt_LtE GtE_Lt Is_IsNot IsNot_Is"
_COMPUTED = "Add_Sub Sub_Add Mul_FloorDiv Div_Mul FloorDiv_Mul Mod_Mul BitOr_BitAnd BitAnd_BitOr"
OPERATORS = (
    *(f"ReplaceComparisonOperator_{name}" for name in _COMPARED.split()),
    *(f"ReplaceBinaryOperator_{name}" for name in _COMPUTED.split()),
    *("ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_USub_UAdd", "AddNot", "NumberReplacer"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ExceptionReplacer", "ZeroIterationForLoop"),
)
# What these are called with is read by people: no mutant changes it.
MESSAGES = frozenset({"N_", "lazy", "_", "ngettext"})

# Another precision or another whole number as the pattern gives the same amounts.
WITHOUT_EFFECT = frozenset({"localcontext", "quantize"})


def modules() -> list[Path]:
    """The files whose functions are broken."""
    return sorted({path for pattern in FUNCTIONS for path in (ROOT / "tracker").glob(pattern)})


def patterns_without_a_module() -> list[str]:
    """What the table names and nobody finds any more."""
    return [pattern for pattern in FUNCTIONS if not list((ROOT / "tracker").glob(pattern))]


def tests() -> list[str]:
    """The folders and files whose tests are asked."""
    return [str(path) for name in TESTS if (path := ROOT / "tests" / name).exists()]
