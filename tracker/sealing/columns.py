"""Every sealed column of the database, with the purpose for which it is kept: one list, which nothing else repeats."""

import enum


class Purpose(enum.StrEnum):
    """What sealed data are kept for. A person has a key for each purpose, so that one can go and the other stay."""

    JOURNEY = "journey"
    PAYMENT = "payment"


SEALED: dict[tuple[str, str], Purpose] = {
    ("delegate_papers", "passport"): Purpose.JOURNEY,
    ("delegate_papers", "visa"): Purpose.JOURNEY,
    ("delegate_papers", "access"): Purpose.JOURNEY,
    ("delegate_papers", "bank"): Purpose.JOURNEY,
    ("delegate_papers", "evidence"): Purpose.PAYMENT,
}
