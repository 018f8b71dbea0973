"""Help as planned and given, and the State's word on it."""
