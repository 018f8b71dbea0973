"""Entries of the finance system beside receipts and payments."""
