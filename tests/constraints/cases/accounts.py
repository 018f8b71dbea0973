"""People, organisations and how they come in."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import NOW, ROW, Same

_APPROVED = {"status": "approved", "checked_at": NOW, "organisation_id": ROW}
_REFUSED = {"status": "refused", "checked_at": NOW, "reason": "Not in order"}

_PLACE = {"membership_id": ROW}
_NOTE = _PLACE | {"note_reference": "KEN/1", "note_date": NOW.date(), "note_file_id": ROW}

CASES: Cases = {
    "ck_sign_in_codes_tries_end": [Pair({"tries": 5}, {"tries": 6}), Pair({"tries": 0}, {"tries": -1})],
    "ck_sign_in_codes_used_by_somebody": [Pair({"person_id": ROW, "used_at": NOW}, {"person_id": None})],
    "ck_account_requests_approved_has_its_state": [
        Pair(_APPROVED, {"organisation_id": None}),
        Pair(_REFUSED, {"organisation_id": ROW}),
        Pair({}, {"organisation_id": ROW}),
    ],
    "ck_account_requests_refused_has_a_reason": [
        Pair(_REFUSED, {"reason": None}),
        Pair(_APPROVED, {"reason": "Not in order"}),
        Pair({}, {"reason": "Not in order"}),
    ],
    "ck_account_requests_checked_has_its_time": [
        Pair(_APPROVED, {"checked_at": None}),
        Pair(_REFUSED, {"checked_at": None}),
        Pair({}, {"checked_at": NOW}),
    ],
    "ck_invitations_accepted_or_revoked": [
        Pair({"accepted_at": NOW}, {"revoked_at": NOW}),
        Pair({"revoked_at": NOW}, {"accepted_at": NOW}),
    ],
    "ck_absences_somebody_else_stands_in": [Pair({}, {"stand_in_id": Same("membership_id")})],
    "ck_invitations_email_in_small_letters": [Pair({"email": "a@b.example"}, {"email": "A@b.example"})],
    # Above eight letters PostgreSQL says that the code is too long for its column before it asks the CHECK.
    "ck_organisations_code_length": [Pair({"code": "AB"}, {"code": "A"})],
    "ck_organisations_merger_is_whole": [
        Pair({"kind": "donor", "merged_into_id": ROW, "merged_at": NOW}, {"merged_at": None}),
        Pair({"kind": "donor", "merged_into_id": None, "merged_at": None}, {"merged_at": NOW}),
    ],
    "ck_organisations_only_donors_are_merged": [
        Pair({"kind": "donor", "merged_into_id": ROW, "merged_at": NOW}, {"kind": "office"}),
    ],
    "ck_organisations_state_names_its_state": [
        Pair({"kind": "state", "state_iso3": ROW}, {"state_iso3": None}),
        Pair({"kind": "donor"}, {"state_iso3": ROW}),
        Pair({"kind": "office"}, {"state_iso3": ROW}),
    ],
    "ck_people_email_in_small_letters": [Pair({"email": "a@b.example"}, {"email": "A@b.example"})],
    "ck_role_proposals_has_its_place": [
        Pair(_PLACE, {"membership_id": None}),
        Pair({"invitation_id": ROW, "membership_id": None}, {"invitation_id": None}),
    ],
    "ck_role_proposals_answered_has_its_time": [
        Pair(_PLACE | {"status": "given", "answered_at": NOW}, {"answered_at": None}),
        Pair(_PLACE | {"status": "waiting"}, {"answered_at": NOW}),
    ],
    "ck_role_proposals_refused_has_a_reason": [
        Pair(_PLACE | {"status": "refused", "answered_at": NOW, "reason": "Not named"}, {"reason": None}),
        Pair(_PLACE | {"status": "given", "answered_at": NOW}, {"reason": "Not named"}),
    ],
    "ck_role_proposals_note_has_its_date": [
        Pair(_NOTE, {"note_date": None}),
        Pair(_PLACE, {"note_date": NOW.date()}),
    ],
    "ck_role_proposals_note_has_its_file": [
        Pair(_NOTE, {"note_file_id": None}),
        Pair(_PLACE, {"note_file_id": ROW}),
    ],
}
