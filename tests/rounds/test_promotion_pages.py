"""The pages of promotion, from the board to the confirmation, and who reads what there."""

import pytest

from tests.factories import rounds as make
from tests.factories import seats as seating
from tests.pledges.forms import fields_of, words_of
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.database.transactions import transaction, update_where
from tracker.errors import Forbidden, NotFound
from tracker.participation.seats.services import cancel_seats
from tracker.pledges.proposed_acts import services as acts


def test_the_pages_from_the_board_to_the_confirmation(app, people, given, travel, sign_in):
    manager, officer, finance = (sign_in(app.test_client(), one) for one in (people.manager, travel, people.finance))
    page = "/rounds/sessions/AHC-P1/reserve"
    board = officer.get("/sessions/AHC-P1/board")
    assert "2 seats are free" in words_of(board)
    assert page in board.text
    assert "2 seats are free" in words_of(manager.get("/rounds/sessions/AHC-P1"))
    with transaction():
        cancel_seats(given.nepal.id, actor=people.manager.actor)
    shown = words_of(officer.get(page))
    for words in ("Kenya", "Ben Otieno", "Propose a seat", "Sita Rai", "Cancelled"):
        assert words in shown, words
    assert "can be given a seat" in words_of(finance.get(page))
    form = f"/rounds/promote/{make.delegate('Ben Otieno')}"
    assert form not in finance.get(page).text
    assert finance.get(form).status_code == 403
    opened = officer.get(form)
    assert "the State would have until" in words_of(opened)
    typed = fields_of(opened.text) | {"pledge": str(seating.row_of(given.pledge))}
    assert officer.post(form, data=typed).status_code == 422
    first, second = (officer.post(form, data=typed | {"reason": "Nepal gave its seat back."}) for _ in range(2))
    assert first.status_code == 302
    assert first.location == second.location
    assert "Proposed, waits for a second person" in words_of(officer.get(page))
    act = words_of(finance.get(first.location))
    assert "A seat that is free for Ben Otieno, Kenya" in act
    answer = f"{first.location}/confirm"
    assert finance.post(answer, data=fields_of(finance.get(answer).text)).location == first.location
    assert "Nobody waits for a seat of this session." in words_of(officer.get(page))
    refused = words_of(officer.get(form))
    assert "Ben Otieno has a seat already" in refused


def test_a_travel_officer_reads_there_what_they_may_open(app, people, given, travel, sign_in):
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.id == given.kenya.id, marking="strictly_confidential")
    officer, manager = (sign_in(app.test_client(), one) for one in (travel, people.manager))
    shown = words_of(officer.get("/rounds/sessions/AHC-P1/reserve"))
    assert "1 person of a request that you may not open is not shown." in shown
    assert "Ben Otieno" not in shown
    with pytest.raises(NotFound):
        make.proposed(travel, "Ben Otieno", given.pledge)
    act = make.proposed(people.manager, "Ben Otieno", given.pledge)
    assert "Ben Otieno" in words_of(manager.get("/rounds/sessions/AHC-P1/reserve"))
    listed = words_of(sign_in(app.test_client(), people.finance).get(f"/finance/acts/{act}"))
    assert "A seat that is free for somebody who waits" in listed
    assert "Ben Otieno" not in listed


def test_whoever_declared_a_conflict_of_interest_takes_no_part(people, given, travel):
    act = make.proposed(travel, "Ben Otieno", given.pledge)
    for who in (people.finance, people.manager):
        with transaction() as session:
            session.add(Recusal(request_id=given.nepal.id, person_id=who.actor.person_id, reason="We are related."))
    with pytest.raises(Forbidden, match="conflict of interest"):
        acts.confirm(act, actor=people.finance.actor, version=None)
    acts.refuse_act(act, actor=people.other_finance.actor, version=None, reason="Again, please.")
    with pytest.raises(Forbidden, match="conflict of interest"):
        make.proposed(people.manager, "Ben Otieno", given.pledge)
