"""The travel agency: its statements matched with our tickets, and the refunds that are expected from it.

A statement never moves money. Payments and recoveries stay with finance's verbs; what differs stands in a list until
the ticket is corrected, the refund is recorded, or somebody says why it differs.
"""


def join() -> None:
    """Take statements on the import page, let their lines follow the tickets, and count what waits; once in
    create_app."""
    from tracker.accounts import waiting_work as work
    from tracker.imports import kinds
    from tracker.participation.agency import import_kind, linking, waiting_work

    kinds.register(import_kind.STATEMENT)
    linking.register()
    work.register(for_roles=waiting_work.FOR_ROLES)
