"""What happens to a pledge and to the money it gives, in words: for the office, and for the State whose request it
concerns. The State is told what is set aside, freed and paid for it, never by whom."""

from tracker.events.sentences import Sentence
from tracker.languages.marking import N_

SENTENCES = {
    "pledges.offered": Sentence(N_("Pledge offered")),
    "pledges.signed": Sentence(N_("Pledge signed")),
    "pledges.accepted": Sentence(N_("Pledge accepted")),
    "pledges.agreement_erasure_proposed": Sentence(N_("The removal of a document's content was proposed")),
    "pledges.agreement_erasure_dropped": Sentence(N_("The proposed removal of a document's content was dropped")),
    "pledges.agreement_erased": Sentence(N_("The content of a document was removed")),
    "pledges.refused": Sentence(N_("Pledge not accepted")),
    "pledges.withdrawn": Sentence(N_("Pledge withdrawn, what was planned from it dropped")),
    "pledges.lapsed": Sentence(N_("Pledge lapsed, what was planned from it dropped")),
    "pledges.closed": Sentence(N_("Pledge closed, what was planned from it dropped")),
    "pledges.raised": Sentence(N_("Pledge raised")),
    "pledges.reduced": Sentence(N_("Pledge reduced")),
    "pledges.receipt_recorded": Sentence(N_("Money received")),
    "pledges.refunded": Sentence(N_("Money paid back to the donor")),
    "pledges.surplus_applied": Sentence(N_("Money beyond the pledge applied to it")),
    "pledges.surplus_returned": Sentence(N_("Money beyond the pledge paid back")),
    "pledges.instalment_due": Sentence(N_("An instalment falls due")),
    "pledges.allocation_planned": Sentence(N_("Allocation planned")),
    "pledges.allocation_dropped": Sentence(N_("Planned allocation dropped")),
    "pledges.allocation_approved": Sentence(N_("Money set aside"), N_("Money set aside")),
    "pledges.allocation_released": Sentence(N_("Money released"), N_("Money released")),
    "pledges.seats_funded": Sentence(N_("Money set aside for seats")),
    "pledges.allocation_closed": Sentence(N_("Allocation closed, all of it paid")),
    "pledges.disbursed": Sentence(N_("Payment made"), N_("Payment made")),
    "pledges.recovered": Sentence(N_("Money recovered"), N_("Money paid was recovered")),
    "pledges.act_proposed": Sentence(N_("A step with money was proposed to a second person")),
    "pledges.act_confirmed": Sentence(N_("A second person confirmed a step with money")),
    "pledges.act_refused": Sentence(N_("A second person refused a step with money")),
    "pledges.act_taken_back": Sentence(N_("A proposed step with money was taken back")),
    "pledges.act_dropped": Sentence(N_("A proposed step with money ended with its seat")),
    "pledges.posting_confirmed": Sentence(N_("A second person confirmed a receipt or payment")),
    "pledges.reversed": Sentence(N_("A financial step was reversed"), N_("An entry about money paid was taken back")),
}
