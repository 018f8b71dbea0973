"""Writing a draft: steps, saving, papers, co-drafters, discarding it."""
