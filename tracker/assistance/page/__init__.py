"""The request's page for its State."""
