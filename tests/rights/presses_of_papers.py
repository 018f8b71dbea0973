"""One lawful press of every button of what delegates hand in."""

from datetime import date, timedelta

import sqlalchemy as sa

from tests.rights.press import Press, day
from tests.rights.world import World
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.participation.conditions.models import ConditionsText

LATER = today() + timedelta(days=900)
SOURCE = {"source": "Copy, by mail of the ministry", **day("received_on", today())}


def _signed(_world: World) -> dict[str, str]:
    english = sa.select(ConditionsText.id).where(ConditionsText.language == "en")
    text = db.session.scalars(english.order_by(ConditionsText.id).limit(1)).one()
    db.session.rollback()
    return {"text": str(text), "says_both": "y", **SOURCE}


PAPERS = {
    "participation.enter_passport": Press(
        "travel_officer",
        {
            "passport_given_name": "Awa",
            "passport_family_name": "Otieno",
            "passport_number": "XK7710042",
            "issued_by": "Kenya",
            "passport_nationality": "Kenya",
            **day("born_on", date(1981, 4, 7)),
            **day("passport_valid_until", LATER),
            **SOURCE,
        },
    ),
    "participation.enter_visa": Press("travel_officer", {"visa_needed": "no", **SOURCE}),
    "participation.enter_access_needs": Press("travel_officer", {"access_needs": "Step-free access.", **SOURCE}),
    "participation.enter_payment": Press("travel_officer", {"how": "arrival", **SOURCE}),
    "participation.accept_passport": Press("travel_officer"),
    "participation.remind_delegate": Press("authority"),
    "participation.remind_traveller": Press("travel_officer"),
    "participation.remind_all": Press("travel_officer", lambda world: {"s": str(world.ids["ticketed_seat"])}),
    "participation.journey_messages": Press("travel_officer", {"body": "There is a lift."}),
    "participation.message_needs_no_answer": Press("travel_officer", {"reason": "You were told by telephone."}),
    "participation.write_conditions": Press("programme_manager", {"text_en": "One.", **day("holds_from", LATER)}),
    "participation.change_conditions": Press("programme_manager", {"text_en": "One.", **day("holds_from", LATER)}),
    "participation.enter_conditions": Press("travel_officer", _signed),
}
