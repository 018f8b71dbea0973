"""Entries of the office's finance system and its bank beside our receipts and payments: matched, missing, differing.

No entry moves money. What does not agree stands in a list until an act mends it or somebody says why.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the pages, take files on the import page, and count what waits."""
    from tracker.accounts import waiting_work as work
    from tracker.events import sentences
    from tracker.imports import kinds
    from tracker.languages.marking import lazy
    from tracker.reconciling import blueprint, import_kind, waiting_work
    from tracker.reconciling.sentences import SENTENCES
    from tracker.web import finding_views, navigation

    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
    kinds.register(import_kind.ENTRIES)
    work.register(for_roles=waiting_work.FOR_ROLES)
    sentences.register(SENTENCES)
    navigation.add(
        app,
        navigation.Page("reconciling.index", lazy("Reconciliation"), group="money", order=25, icon="review"),
    )
