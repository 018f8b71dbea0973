"""The pages of the travel desk."""
