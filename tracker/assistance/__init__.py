"""Requests: from draft through authorisation, triage and decision to what was delivered."""
