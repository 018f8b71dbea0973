"""The annual report of a donor: planned against done over all its pledges, as a worker counted it."""
