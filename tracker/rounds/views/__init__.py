"""Pages of rounds for those in the office who give seats, approve them, and check how it was done."""
