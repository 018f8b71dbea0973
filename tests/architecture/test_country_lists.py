"""A list of countries is asked about for a day: nobody reads the columns behind it past the door that asks for one."""

import ast

from tracker.settings.configuration import ROOT

COLUMNS = {f"_{name}" for name in ("ldc", "ldc_graduation_date", "lldc", "sids", "oda_eligible")}
MAY = {"tracker/reference/country_lists.py", "tracker/reference/loader.py", "tracker/reference/models/lists.py"}
RAW = {name.removeprefix("_") for name in COLUMNS}


def read_in(path) -> set[str]:
    """The columns that a module names: as attributes, with getattr, or as text of a condition."""
    tree = ast.parse(path.read_text())
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return (attributes & (COLUMNS | RAW - {"ldc_graduation_date"})) | (texts & COLUMNS)


def test_only_the_door_reads_the_columns_of_the_lists():
    found = {
        str(path.relative_to(ROOT)): names
        for folder in ("tracker", "workers")
        for path in (ROOT / folder).rglob("*.py")
        if (names := read_in(path)) and str(path.relative_to(ROOT)) not in MAY
    }
    # the office's page reads the columns that `columns_on(day)` selected, under their plain names
    assert found == {"tracker/triage/case/presenting.py": RAW - {"ldc_graduation_date"}}, "ask reference.country_lists"
