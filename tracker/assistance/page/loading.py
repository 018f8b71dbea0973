"""Loading the request that a page is about, and what it is called."""

import uuid
from typing import Any

from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.lifecycle import Action
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.web.access import allow, current_actor


def title_of(assistance_request: Any) -> str:
    """What the request is called; a draft without a title is called by its day."""
    return assistance_request.title or _("Untitled draft")


def load_for(public_id: uuid.UUID, action: Action, load: Any = queries.get_visible) -> Any:
    """The request on whose page an act is done, when the actor may do it; see `access.allow`."""
    found = load(public_id, current_actor())
    allow(RULES, action, rule_facts_of(found.id))
    return found
