"""Forms of the accounts pages: their fields, and what each accepts."""
