"""Now, and working days in Vienna."""
