"""Documents that should never have been handed in: removing their content, by two persons of the office."""
