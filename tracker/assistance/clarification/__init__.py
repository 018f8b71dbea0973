"""Questions to the State, and its answers."""
