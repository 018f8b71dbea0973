"""Steps that move the money of seats and take two persons: one proposes, somebody else confirms or refuses."""
