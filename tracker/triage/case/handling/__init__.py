"""Who works on a request, and what is done until it can be decided."""
