"""Proposals of a round: asked for by a manager, computed by a worker, kept by value, taken over as seats by hand."""
