"""Which entry is which step: by its reference, or by payee, amount and day; two candidates are shown, never chosen."""

from datetime import date, timedelta

from tracker.reconciling.matching import Found, How, Moved, Posted, match

DAY = date(2026, 3, 2)


def entry(number: int, reference: str = "fin-1", **other) -> Moved:
    return Moved(**({"id": number, "folded": reference} | _figures(other)))


def step(number: int, reference: str = "fin-1", **other) -> Posted:
    return Posted(**({"id": number, "folded": reference} | _figures(other)))


def _figures(other: dict) -> dict:
    return {"day": DAY, "amount_minor": 5_00, "currency": "USD", "is_out": True, **other}


def test_the_reference_decides_and_figures_say_whether_both_agree():
    assert match([entry(1)], [step(7), step(8, "fin-2")]) == [Found(1, (7,), How.REFERENCE, agrees=True)]
    for other in ({"amount_minor": 5_01}, {"currency": "EUR"}, {"is_out": False}, {"day": DAY - timedelta(days=1)}):
        assert match([entry(1, **other)], [step(7)]) == [Found(1, (7,), How.REFERENCE, agrees=False)], other


def test_one_document_there_is_the_sum_of_steps_here():
    parts = [step(7, amount_minor=2_00), step(8, amount_minor=3_00)]
    assert match([entry(1)], parts) == [Found(1, (7, 8), How.REFERENCE, agrees=True)]
    assert match([entry(1, amount_minor=4_00)], parts) == [], "which of the two differs, nobody can know"


def test_steps_of_one_reference_are_told_apart_by_their_figures():
    lines = [entry(1, amount_minor=2_00), entry(2, amount_minor=3_01)]
    steps = [step(7, amount_minor=2_00), step(8, amount_minor=3_00)]
    assert match(lines, steps) == [
        Found(1, (7,), How.REFERENCE, agrees=True),
        Found(2, (8,), How.REFERENCE, agrees=False),
    ]


def test_what_could_be_two_is_nobodys():
    assert match([entry(1), entry(2)], [step(7)]) == []
    assert match([entry(1)], [step(7), step(8)]) == []
    alike = [step(7, "a", payee="V-1"), step(8, "b", payee="V-1")]
    assert match([entry(1, "", payee="v-1")], alike) == []
    assert match([entry(1, "", payee="V-1"), entry(2, "", payee="V-1")], alike[:1]) == []


def test_without_a_reference_payee_amount_and_day_together():
    assert match([entry(1, "x", payee="V-1")], [step(7, "a", payee="V-1")]) == [
        Found(1, (7,), How.LIKENESS, agrees=True)
    ]
    for other in ({"payee": ""}, {"payee": "V-2"}, {"amount_minor": 5_01}, {"day": DAY + timedelta(days=1)}):
        assert match([entry(1, "x", **{"payee": "V-1", **other})], [step(7, "a", payee="V-1")]) == [], other
    known = [step(7, "x", payee="V-1", is_matched=True), step(8, "a", payee="V-1")]
    assert match([entry(1, "x", payee="V-1")], known) == [], "its reference is known here: the same twice, no likeness"


def test_a_step_that_was_taken_back_differs_and_a_living_one_goes_before_it():
    gone = step(7, is_reversed=True)
    assert match([entry(1)], [gone]) == [Found(1, (7,), How.REFERENCE, agrees=False)]
    assert match([entry(1)], [gone, step(8)]) == [Found(1, (8,), How.REFERENCE, agrees=True)]
    assert match([entry(1, "x", payee="V-1")], [step(7, "a", payee="V-1", is_reversed=True)]) == []
