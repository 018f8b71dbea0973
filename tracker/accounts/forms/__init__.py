"""The shape of what accounts take in."""
