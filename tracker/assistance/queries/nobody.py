"""What nobody can be found for: requests without an officer who works, drafts that only the authority can reach."""

import sqlalchemy as sa

from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.assistance.lifecycle import Status
from tracker.assistance.models import AssistanceRequest, CoDrafter
from tracker.rights.actor import REQUEST_OFFICERS, REQUEST_WRITERS

R = AssistanceRequest


def working_officers() -> sa.Select[int]:
    """The select of the ids of people who work on requests in the office now."""
    return (
        sa.select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(MembershipRole, MembershipRole.membership_id == Membership.id)
        .where(
            Person.disabled_at.is_(None),
            Membership.ended_at.is_(None),
            Organisation.active.is_(True),
            MembershipRole.role.in_(REQUEST_OFFICERS),
        )
    )


def has_no_officer() -> sa.ColumnElement[bool]:
    """The condition that nobody has the request: it is assigned to none, or to somebody who does not work any more."""
    return sa.or_(R.assigned_to_id.is_(None), R.assigned_to_id.not_in(working_officers()))


def is_left_draft() -> sa.ColumnElement[bool]:
    """The condition that a draft has nobody who writes it: its drafter is gone, and nobody of their office or among
    those invited is there. The State's authority reads it still."""
    invited = sa.exists().where(CoDrafter.request_id == R.id, CoDrafter.person_id == Membership.person_id)
    could_write = sa.or_(Membership.person_id == R.drafter_id, Membership.office_id == R.office_id, invited)
    writer = (
        sa.exists()
        .where(Person.id == Membership.person_id, MembershipRole.membership_id == Membership.id)
        .where(Membership.organisation_id == R.organisation_id, could_write)
        .where(Membership.ended_at.is_(None), Person.disabled_at.is_(None), MembershipRole.role.in_(REQUEST_WRITERS))
    )
    return sa.and_(R.status == Status.DRAFT, ~writer)
