"""The helper whom a delegate names: with a link of their own, for passport, visa and access needs alone."""
