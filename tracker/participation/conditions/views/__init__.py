"""Pages of the conditions: the manager's, the delegate's, and the travel desk's."""
