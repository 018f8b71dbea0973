"""Every capability, from the lowest to the highest: its tables, addresses, commands and reactions."""

from importlib import import_module

from flask import Flask

# One folder each, in the order in which writes may point down (architecture.md). A capability's package
# offers `init_app(app)`, which registers its blueprint, commands, reactions and readers of files.
CAPABILITIES: tuple[str, ...] = (
    "setup",
    "events",
    "search",
    "files",
    "sealing",
    "jobs",
    "typed",
    "imports",
    "documents",
    "reference",
    "costs",
    "accounts",
    "deadlines",
    "assistance",
    "pledges",
    "participation",
    "reconciling",
    "rounds",
    "notifications",
    "triage",
    "desks",
    "reporting",
    "statements",
    "demo",
)


def init_app(app: Flask) -> None:
    """Bind each capability to the application."""
    for name in CAPABILITIES:
        module = import_module(f"tracker.{name}")
        if hasattr(module, "init_app"):
            module.init_app(app)
