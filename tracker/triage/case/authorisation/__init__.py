"""Requests that came on paper."""
