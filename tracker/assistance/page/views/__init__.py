"""The request's page, its annex and its papers."""
