"""Whom the letters about a request reached, and what an officer records where they reached nobody."""
