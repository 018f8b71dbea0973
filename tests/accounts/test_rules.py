"""The pure rules: who may hand out which role, how long a throttled person waits, what a predicate says."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.accounts.lifecycle import Failures, delay_after, wait_until
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import KINDS, ROLES, ROLES_OF_KIND, grantable, in_order
from tracker.accounts.rule_facts import (
    AccountRequestFacts,
    GiftFacts,
    OrganisationFacts,
    PersonFacts,
    PlaceFacts,
    ProposalFacts,
)
from tracker.languages import addresses
from tracker.rights import actor
from tracker.rights.actor import DONOR_ROLES, OFFICE_ROLES, STATE_ROLES, Actor
from tracker.rights.rules import can

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
roles = st.frozensets(st.sampled_from(sorted(ROLES)))
counts = st.integers(0, 500)
PLACE = PlaceFacts(organisation=OrganisationFacts(id=8, kind="state", active=True), roles=frozenset(), sent=True)
PROPOSAL = ProposalFacts(status="waiting", asked_by=5, to=8, clash=None)
SUBJECTS = {
    Action.RENEW_INVITATION: PLACE,
    Action.REVOKE_INVITATION: PLACE,
    Action.CHANGE_MEMBERSHIP: PLACE,
    Action.END_MEMBERSHIP: PLACE,
    Action.GIVE_ROLES: GiftFacts(organisation=PLACE.organisation, roles=frozenset({"focal_point"}), to=9),
    Action.GIVE_PROPOSED_ROLES: PROPOSAL,
    Action.REFUSE_PROPOSED_ROLES: PROPOSAL,
    Action.CHECK_ACCOUNT_REQUEST: AccountRequestFacts(status="waiting"),
    Action.DISABLE_PERSON: PersonFacts(id=8),
    Action.ENABLE_PERSON: PersonFacts(id=8),
}
"""Whose facts an action asks for; those that are not here ask for an organisation's."""


class TestRoles:
    def test_every_role_has_its_row_and_its_kind(self):
        for kind, known in (("state", STATE_ROLES), ("donor", DONOR_ROLES), ("office", OFFICE_ROLES)):
            assert known == {name for name, role in ROLES.items() if role.kind == kind}
        assert set(ROLES) == frozenset().union(*ROLES_OF_KIND.values())

    def test_a_group_holds_roles_and_no_two_groups_the_same(self):
        groups = {name: value for name, value in vars(actor).items() if name.isupper() and isinstance(value, tuple)}
        assert len(groups) == 12
        assert set().union(*groups.values()) <= set(ROLES)
        assert len(set(map(frozenset, groups.values()))) == len(groups)

    @given(roles)
    def test_order_keeps_each_role_once(self, held):
        assert set(in_order(held)) == held
        assert len(in_order(held)) == len(held)

    @given(roles, st.sampled_from(KINDS), st.booleans())
    def test_nobody_gives_what_the_kind_lacks_nor_abroad(self, held, kind, own):
        actor = Actor(person_id=1, organisation_id=7, roles=held)
        given = grantable(actor, kind=kind, organisation_id=7 if own else 8)
        assert given <= ROLES_OF_KIND[kind]
        if not own and "administrator" not in held:
            assert not given
        if not held & {"administrator", "state_administrator", "donor_administrator"}:
            assert not given

    @given(roles.filter(lambda held: "administrator" not in held and "state_administrator" not in held))
    def test_a_donors_administrator_gives_donor_roles_only(self, held):
        actor = Actor(person_id=1, organisation_id=7, roles=held | {"donor_administrator"})
        assert grantable(actor, kind="state", organisation_id=7) == DONOR_ROLES


class TestPolicies:
    def test_every_action_has_its_rules(self):
        assert set(RULES) == set(Action)

    @given(roles.filter(lambda held: "administrator" not in held), st.sampled_from(sorted(Action)))
    def test_a_stranger_may_do_nothing(self, held, action):
        actor = Actor(person_id=1, organisation_id=7, roles=held)
        foreign = OrganisationFacts(id=8, kind="state", active=True)
        subject = SUBJECTS.get(action, foreign)
        assert can(RULES, action, actor, subject) is not None

    def test_a_closed_organisation_takes_nobody_in(self):
        actor = Actor(person_id=1, organisation_id=7, roles=frozenset({"state_administrator"}))
        own = OrganisationFacts(id=7, kind="state", active=False)
        assert can(RULES, Action.INVITE, actor, own).code == "active"

    def test_nobody_disables_themselves(self):
        actor = Actor(person_id=1, organisation_id=7, roles=frozenset({"administrator"}))
        assert can(RULES, Action.DISABLE_PERSON, actor, PersonFacts(id=1)).code == "oneself"
        assert can(RULES, Action.DISABLE_PERSON, actor, PersonFacts(id=2)) is None


class TestThrottle:
    @given(counts, counts, st.integers(0, 40))
    def test_more_failures_never_mean_a_shorter_wait(self, fewer, more, free):
        fewer, more = sorted((fewer, more))
        longest = timedelta(minutes=15)
        assert (
            delay_after(fewer, free=free, longest=longest) <= delay_after(more, free=free, longest=longest) <= longest
        )

    @given(counts, counts, counts)
    def test_failures_of_others_cost_nothing_where_one_is_known(self, here, person, network):
        elsewhere, colleagues = Failures(person, NOON), Failures(network, NOON)
        assert wait_until(here=Failures(), person=elsewhere, network=colleagues, known_here=True) is None
        every = wait_until(
            here=Failures(here, NOON), person=elsewhere, network=Failures(network, NOON), known_here=False
        )
        assert every is None or every <= NOON + timedelta(minutes=15)

    def test_the_first_tries_are_free(self):
        few = Failures(4, NOON)
        assert wait_until(here=few, person=few, network=few, known_here=False) is None
        assert wait_until(here=dataclasses.replace(few, count=5), person=few, network=few, known_here=False)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_organisation_can_be_administered(kind):
    assert ROLES_OF_KIND[kind] & {"state_administrator", "donor_administrator", "administrator"}


class TestAnAddress:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("  Anna@Ministry.EXAMPLE\n", "anna@ministry.example"),
            ("anna@authority.test", "anna@authority.test"),
            ("anna@xn--bcher-kva.example", "anna@bücher.example"),
            ("anna@BU\u0308CHER.example", "anna@bücher.example"),
            ("anna@nowhere-that-anybody-knows.example", "anna@nowhere-that-anybody-knows.example"),
        ],
    )
    def test_is_kept_in_one_form(self, typed, kept):
        assert addresses.read(typed).shown == kept

    @pytest.mark.parametrize(
        "typed", ["", " ", "anna", "anna@", "@x.example", "anna@b", "a b@c.example", "a@b@c.example"]
    )
    def test_that_is_none_is_refused(self, typed):
        with pytest.raises(ValueError):
            addresses.read(typed)
