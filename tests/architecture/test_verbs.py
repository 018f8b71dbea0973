"""Keys of forms are kept under the name of a verb for 30 days, so that name does not depend on where its file lies."""

from importlib import import_module
from pkgutil import walk_packages

import tracker


def verbs(app) -> dict[str, set[str]]:
    """By "capability.function": the modules in which such a verb is defined."""
    found: dict[str, set[str]] = {}
    for module in walk_packages(tracker.__path__, "tracker."):
        if "services" not in module.name.split("."):
            continue
        for name, function in vars(import_module(module.name)).items():
            if getattr(function, "is_verb", False):
                capability = function.__module__.split(".")[1]
                found.setdefault(f"{capability}.{name}", set()).add(function.__module__)
    return found


def test_no_two_verbs_of_a_capability_share_a_name(app):
    known = verbs(app)
    assert len(known) > 80
    assert {name: places for name, places in known.items() if len(places) > 1} == {}
