"""Journeys that differ for private reasons: how they compare with the official one, and what the pledge pays."""
