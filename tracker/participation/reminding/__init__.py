"""Delegates are reminded of papers that are missing: by their State or by the travel desk, once a day at most."""
