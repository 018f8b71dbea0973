"""The pages of pledges for donors and staff, and the finance desk."""
