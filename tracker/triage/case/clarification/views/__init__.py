"""The pages of questions to States."""
