"""The pages of a claim: the delegate's own, and those of the travel desk."""
