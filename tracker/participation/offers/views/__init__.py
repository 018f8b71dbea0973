"""The pages of offers, for the office and for States."""
