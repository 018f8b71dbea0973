"""The pages of this capability: pledges for donors and staff, and the finance desk."""

from tracker.pledges.views import allocations, changes, finance, money, offering, pages, promises  # noqa: F401
from tracker.pledges.views.blueprints import finance_bp, pledges_bp

BLUEPRINTS = (pledges_bp, finance_bp)
