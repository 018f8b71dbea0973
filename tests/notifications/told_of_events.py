"""Who is told of every event of the catalogue, written by hand: the event, and each recipient by a short name."""

# There are two focal points: the drafter of the request and the helper whom the drafter invited, who wrote the
# messages that are answered; the State's administrator asked for the roles of others; two triage officers:
# only the officer has the request; two donors: only one has a pledge that pays the request.
TOLD = """
assistance.authorisation_asked     authority
assistance.returned_to_draft       drafter
assistance.co_drafter_invited      helper
assistance.submitted               authority drafter officer
assistance.note_returned           authority drafter
assistance.taken_up                authority drafter officer
assistance.clarification_asked     authority drafter officer
assistance.answered                authority drafter officer
assistance.answers_handed_over     authority
assistance.document_struck         authority drafter officer
assistance.document_replaced       authority drafter officer
assistance.erasure_proposed        manager officer
assistance.document_erased         authority drafter officer state's-address
assistance.state_missed            officer
assistance.accepted                authority drafter officer state's-address
assistance.amended                 authority donor-officer donor-signatory drafter officer state's-address
assistance.declined                authority drafter officer state's-address
assistance.referred                authority drafter officer state's-address
assistance.merged                  authority drafter officer state's-address
assistance.reopened                authority drafter manager officer
assistance.implementation_started        authority drafter officer
assistance.implementation_recorded      authority donor-officer donor-signatory drafter officer
assistance.implementation_confirmed      donor-officer donor-signatory manager officer
assistance.completed               authority donor-officer donor-signatory drafter officer
assistance.withdrawn               authority drafter manager officer
assistance.ended_unfunded          authority drafter officer state's-address
assistance.state_wrote               authority drafter officer
assistance.paper_handed_in           authority drafter officer
assistance.more_time_asked           authority drafter officer
assistance.amendment_wanted          authority drafter officer
assistance.not_as_described          authority drafter manager officer
assistance.office_wrote              authority drafter helper officer
assistance.paper_sent                authority drafter helper officer
assistance.answer_wanted             authority drafter helper officer
assistance.more_time_given           authority drafter helper officer
assistance.message_refused           authority drafter helper officer
assistance.message_rested            authority drafter helper officer
assistance.assigned                officer
assistance.recused                 manager
assistance.bulk_assigned           other-officer
assistance.handed_over             other-officer
assistance.left_without_officer    officer other-officer
assistance.drafts_passed_on        other-officer
assistance.left_by_drafter         authority drafter helper
assistance.decision_prepared       manager
assistance.decision_dropped        manager officer
assistance.amendment_prepared      manager
assistance.amendment_dropped       manager officer
assistance.activity_planned        authority drafter officer
participation.seats_offered        authority state's-address
participation.seat_confirmed       authority drafter manager travel
participation.seat_declined        authority drafter manager travel
participation.seat_substituted     authority drafter manager state's-address travel
participation.link_made            delegate-address
participation.helper_named         delegate-address
participation.helper_named_by_office    delegate-address
participation.page_code_asked      delegate-address
participation.office_wrote         delegate-address
participation.papers_reminded      delegate-address
participation.papers_reminded_by_office    delegate-address
participation.delegate_wrote       travel
participation.claim_opens          delegate-address
participation.claim_asked          delegate-address
participation.claim_replied       delegate-address
participation.claim_sent           travel
participation.payee_asked          finance
participation.paper_handed_in      travel
participation.payee_recorded       travel
participation.cash_handed_over      finance
participation.hand_over_undone      finance
participation.ticket_recorded      authority drafter finance
participation.deviation_recorded   authority drafter
participation.deviation_dropped    authority drafter
participation.travel_recorded      authority drafter finance
participation.ticket_corrected      authority drafter finance
participation.travel_corrected      authority drafter finance
participation.attendance_undone     authority drafter finance
participation.offer_due            authority state's-address
participation.offer_overdue        authority manager travel
participation.seats_taken_back     authority drafter state's-address travel
participation.seats_ended          authority drafter manager state's-address travel
participation.seat_given_up        authority drafter manager travel
participation.journey_missed       authority drafter finance manager state's-address travel
participation.cost_borne           authority drafter finance travel
participation.settlement_entered   finance
participation.seats_settled        authority drafter travel
participation.seats_claimed        authority drafter state's-address travel
participation.claim_reopened       authority drafter state's-address travel
participation.refund_reopened      manager travel
participation.claim_written_off    authority drafter travel
participation.refund_written_off   manager travel
clock.due_soon                     officer
clock.due_soon answer              authority drafter
clock.overdue                      manager officer
clock.overdue answer               authority drafter officer
clock.authorisation_overdue        authority
clock.authorisation_awaited        authority drafter state's-address
nomination.reminder                authority drafter helper
participation.seats_given          authority drafter officer state's-address travel
participation.put_on_lists         authority drafter officer state's-address
rounds.prepared                    finance
rounds.sent_back                   manager
rounds.approved                    manager
rounds.dropped                     finance manager
pledges.offered                    donor-signatory manager
pledges.filed                      donor-officer donor-signatory finance manager
pledges.signed                     donor-officer donor-signatory manager
pledges.accepted                   donor's-address donor-officer donor-signatory finance
pledges.refused                    donor's-address donor-officer donor-signatory
pledges.withdrawn                  donor-officer donor-signatory finance manager
pledges.raised                     donor-officer donor-signatory finance
pledges.reduced                    donor-officer donor-signatory finance
pledges.extended                   donor-officer donor-signatory finance manager
pledges.earmarked                  donor-officer donor-signatory finance manager
pledges.change_proposed            donor-signatory manager
pledges.change_agreed              donor-signatory manager
pledges.change_confirmed           manager
pledges.change_refused             donor-signatory manager
pledges.change_taken_back          donor-signatory manager
pledges.closed                     donor-officer donor-signatory finance
pledges.lapsed                     donor-officer donor-signatory finance manager
pledges.receipt_recorded           donor-officer donor-signatory manager
pledges.allocation_planned         finance
pledges.allocation_dropped         finance
pledges.allocation_approved        authority donor-officer donor-signatory drafter officer
pledges.seats_funded               donor-officer donor-signatory
pledges.allocation_released        authority donor-officer donor-signatory drafter finance officer
pledges.disbursed                  authority donor-officer donor-signatory drafter officer
pledges.recovered                  donor-officer donor-signatory finance officer
pledges.refunded                   donor-officer donor-signatory finance
pledges.reversed                   donor-officer donor-signatory finance manager
pledges.act_proposed               finance
pledges.act_confirmed              manager
pledges.act_dropped                finance manager
pledges.act_refused                manager
pledges.act_taken_back             finance manager
pledges.surplus_applied            donor-officer donor-signatory finance
pledges.surplus_returned           donor-officer donor-signatory finance
pledges.agreement_erasure_proposed finance manager
pledges.agreement_erased           donor's-address donor-officer donor-signatory finance manager
statements.issued                  donor-officer donor-signatory
pledges.instalment_due             donor-officer donor-signatory finance
accounts.invited                   administrator auditor invited-address
accounts.invitation_accepted       administrator auditor
accounts.invitation_revoked        administrator auditor
accounts.reset_asked               other-officer
accounts.code_asked                other-officer
accounts.account_asked             administrator
accounts.account_unanswered        administrator
accounts.account_lapsed            administrator
accounts.account_approved          asking-address
accounts.account_refused           asking-address
accounts.role_asked                administrator auditor
accounts.role_given                administrator auditor other-officer state-administrator
accounts.role_refused              administrator auditor other-officer state-administrator
accounts.account_note_erasure_proposed     administrator
accounts.account_note_erased       administrator
accounts.role_note_erasure_proposed        administrator
accounts.role_note_erased          administrator
imports.source_erasure_proposed    manager officer other-officer
imports.source_erased              manager officer other-officer
accounts.role_changed              administrator auditor other-officer
accounts.membership_ended          administrator auditor other-officer
accounts.absence_begun             drafter
accounts.absence_ended             drafter other-officer
accounts.stand_in_changed          drafter other-officer
accounts.organisation_merged       administrator auditor
accounts.person_disabled           administrator auditor
accounts.person_enabled            administrator auditor other-officer
accounts.password_changed          other-officer
"""
