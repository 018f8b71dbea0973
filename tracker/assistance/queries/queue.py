

MOST_EXPORTED = 10_000


def export_rows(filters: Filters, *, actor: Actor, sort: Sort, confidential: bool) -> list[Any]:
    """What leaves the queue as a file: never strictly confidential requests, confidential ones when asked for."""
    leaving = [Marking.UNCLASSIFIED, *([Marking.CONFIDENTIAL] if confidential else [])]
    keys = sort.keys(actor.language)
    statement = _select(keys).where(*filters.conditions(actor), R.marking.in_(leaving))
    return list(db.session.execute(statement.order_by(*(key.order(False) for key in keys)).limit(MOST_EXPORTED)))
