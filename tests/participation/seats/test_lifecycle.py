"""Where each act leads a seat, and from where it may, as product.md says it ("Participation")."""

from tracker.participation.seats.lifecycle import ENDED, TRANSITIONS

LAWFUL = """
selected   confirm     confirmed
selected   decline     declined
selected   take_back   taken_back
selected   substitute  selected
selected   cancel      cancelled
confirmed  ticket      ticketed
confirmed  substitute  selected
confirmed  cancel      cancelled
ticketed   travel      travelled
ticketed   miss        no_show
travelled  undo_travel ticketed
ticketed   substitute  selected
ticketed   cancel      cancelled
travelled  settle      settled
no_show    settle      settled
cancelled  settle      settled
"""


def test_every_act_leads_where_it_should_and_nothing_else_is_lawful():
    found = {
        (str(source), str(action), str(one.target)) for action, one in TRANSITIONS.items() for source in one.sources
    }
    assert found == {tuple(line.split()) for line in LAWFUL.strip().splitlines()}
    assert {str(status) for status in ENDED} == {"declined", "taken_back", "cancelled", "settled"}
