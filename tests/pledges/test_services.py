"""From an offer to an accepted pledge, who may do what, and how requests and money hold each other."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import assistance as requests
from tests.factories import pledges as make
from tests.factories.accounts import person
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.implementation import services as implementation
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges import queries, reactions, services
from tracker.pledges.models import Pledge, RequestFunding
from tracker.pledges.services import Agreement, Payment


def row_of(public_id) -> Pledge:
    db.session.rollback()
    return db.session.scalars(sa.select(Pledge).where(Pledge.public_id == public_id)).one()


def events_of(name) -> list[Event]:
    return list(db.session.scalars(sa.select(Event).where(Event.name == name)))


class TestOffer:
    def test_fixes_the_rate_of_support_cost(self, people):
        assert row_of(make.offered(people)).support_rate_bp == 1300

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"amount": 0, "parts": (1,)}, "amount"),
            ({"currency": "XYZ"}, "currency"),
            ({"currency": "CHF"}, "currency"),
            ({"parts": (50_00, 49_99)}, "instalments"),
            ({"title": " "}, "title"),
            ({"earmarks": [make.Rule("kinds", ())]}, "earmarks"),
        ],
    )
    def test_says_what_is_wrong_at_its_field(self, people, wrong, field):
        with pytest.raises(Invalid) as refused:
            make.offered(people, make.terms(**{"amount": 100_00, **wrong}))
        assert field in refused.value.fields

    def test_is_numbered_without_gaps(self, people):
        with pytest.raises(Invalid):
            make.offered(people, make.terms(0, parts=(1,)))
        references = [row_of(make.offered(people)).reference for _ in range(2)]
        assert references == [f"PL-{today().year}-NORAD-001", f"PL-{today().year}-NORAD-002"]


class TestTheWayToAcceptance:
    def test_each_step_has_its_person(self, people):
        pledge = make.offered(people)
        with pytest.raises(Forbidden):
            services.sign(pledge, actor=people.officer.actor, version=1)
        with pytest.raises(NotFound):
            services.sign(pledge, actor=person("donor_signatory", of="SWEDEN").actor, version=1)
        services.sign(pledge, actor=people.signatory.actor, version=1)
        with pytest.raises(Forbidden):
            services.accept(pledge, actor=people.finance.actor, version=2, agreement=make.agreement())
        services.accept(pledge, actor=people.manager.actor, version=2, agreement=make.agreement())
        assert row_of(pledge).status == "accepted"
        assert [len(events_of(f"pledges.{name}")) for name in ("offered", "signed", "accepted")] == [1, 1, 1]

    def test_is_refused_unsigned(self, people):
        with pytest.raises(Forbidden, match="stands where it is"):
            services.accept(make.offered(people), actor=people.manager.actor, version=1, agreement=make.agreement())

    def test_somebody_who_saw_an_older_version_is_told(self, people):
        with pytest.raises(Stale):
            services.sign(make.offered(people), actor=people.signatory.actor, version=7)

    def test_an_agreement_is_checked(self, people):
        day = today()
        late = Agreement(reference=" ", signed_on=day.replace(year=day.year + 1), ends_on=day, file=None)
        with pytest.raises(Invalid) as refused:
            services.accept(make.signed(people), actor=people.manager.actor, version=2, agreement=late)
        assert set(refused.value.fields) == {"agreement_reference", "agreement_date", "ends_on", "file"}

    def test_a_refusal_needs_a_reason(self, people):
        pledge = make.signed(people)
        with pytest.raises(Invalid):
            services.refuse(pledge, actor=people.manager.actor, version=2, reason=" ")
        services.refuse(pledge, actor=people.manager.actor, version=2, reason="Tied to a supplier")
        assert (row_of(pledge).status, row_of(pledge).reason) == ("refused", "Tied to a supplier")

    def test_an_officer_withdraws_an_offer_but_not_what_was_signed(self, people):
        services.withdraw(make.offered(people), actor=people.officer.actor, version=1, reason="Too early")
        with pytest.raises(Forbidden, match="signatory"):
            services.withdraw(make.signed(people), actor=people.officer.actor, version=2, reason="Too early")


class TestEnds:
    def test_withdrawing_cancels_instalments_and_drops_plans(self, people):
        pledge = make.funded(people, make.terms(100_00, parts=(60_00, 40_00)), received=70_00)
        plan = make.planned(people, pledge, make.request_of(), 10_00)
        services.withdraw(pledge, actor=people.signatory.actor, version=3, reason="Budget cut")
        assert [part.cancelled_minor for part in make.instalments(pledge)] == [0, 30_00]
        assert queries.waiting(people.finance.actor) == ([], [])
        assert queries.get_allocation(plan, people.finance.actor)[0].reason == "Budget cut"

    def test_closing_waits_until_nothing_is_expected_or_held(self, people):
        pledge = make.funded(people)
        with pytest.raises(Conflict, match="still expects or holds money"):
            services.close(pledge, actor=people.manager.actor, version=3)
        left = queries.sums_of([row_of(pledge).id])[row_of(pledge).id]["available"]
        make.refund(people, pledge, left, "FIN-9")
        services.close(pledge, actor=people.manager.actor, version=3)
        assert row_of(pledge).status == "closed"

    def test_raising_adds_an_instalment(self, people):
        pledge = make.accepted(people)
        make.raise_amount(people, pledge, 50_00, today(), "Second phase")
        assert row_of(pledge).amount_minor == 150_00
        assert sum(part.amount_minor for part in make.instalments(pledge)) == 150_00


class TestRequestsAndMoney:
    """The verbs of requests and the ledger in one transaction."""

    def pay(self, people, case, amount=50_00):
        request = make.FundableRequest(self.row(case).id, case.public_id, "")
        pledge = make.funded(people, make.terms(200_00))
        return make.allocated(people, pledge, request, amount)

    def row(self, case) -> AssistanceRequest:
        db.session.rollback()
        return db.session.scalars(
            sa.select(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
        ).one()

    def payment(self, amount, reference="FIN-1") -> Payment:
        return Payment(amount, today(), reference, "supplier", "bank_transfer")

    def test_an_accepted_request_may_get_what_its_decision_says(self, people):
        case = requests.accepted(amount_minor=80_00)
        funding = db.session.get(RequestFunding, self.row(case).id)
        assert (funding.approved_minor, funding.allocated_minor, funding.open) == (80_00, 0, True)

    def test_the_first_payment_starts_the_delivery(self, people):
        case = requests.accepted(amount_minor=80_00)
        allocation = self.pay(people, case)
        services.disburse(allocation, actor=people.finance.actor, payment=self.payment(10_00))
        services.disburse(allocation, actor=people.finance.actor, payment=self.payment(10_00, "FIN-2"))
        assert self.row(case).status == "in_implementation"
        assert len(events_of("assistance.implementation_started")) == 1

    def test_withdrawing_a_request_frees_its_money(self, people):
        case = requests.accepted(amount_minor=80_00)
        allocation = self.pay(people, case)
        services.disburse(allocation, actor=people.finance.actor, payment=self.payment(10_00))
        authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="No longer needed")
        assert reactions.held_for(self.row(case).id) == 0
        funding = db.session.get(RequestFunding, self.row(case).id)
        assert (funding.allocated_minor, funding.paid_minor, funding.open) == (10_00, 10_00, False)
        with pytest.raises((Conflict, Forbidden)):
            services.disburse(allocation, actor=people.finance.actor, payment=self.payment(1_00))

    def test_a_request_is_not_completed_while_money_is_held(self, people):
        case = requests.delivered()
        allocation = self.pay(people, case)
        with pytest.raises((Conflict, Invalid)):
            implementation.complete(case.public_id, actor=case.manager, version=case.version)
        services.release_allocation(allocation, actor=people.finance.actor, version=2, reason="Done")
        implementation.complete(case.public_id, actor=case.manager, version=case.version)
        assert self.row(case).status == "completed"


class TestInterests:
    def test_belong_to_the_organisation(self, people):
        services.set_interests({"regions": ["AFR"], "kinds": []}, actor=people.officer.actor, version=None)
        kept = queries.interests_of(people.signatory.actor)
        assert kept.rules == {"regions": ["AFR"]}
        with pytest.raises(Stale):
            services.set_interests({"lists": ["ldc"]}, actor=people.signatory.actor, version=9)

    def test_know_only_rules(self, people):
        with pytest.raises(Invalid):
            services.set_interests({"until": ["2027-01-01"]}, actor=people.officer.actor, version=None)


def test_a_press_repeated_gives_the_first_answer(people):
    key = str(uuid.uuid4())
    first, second = (services.offer(make.terms(), key=key, actor=people.officer.actor) for _ in range(2))
    assert first == second
    assert len(events_of("pledges.offered")) == 1
