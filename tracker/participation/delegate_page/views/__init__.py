"""The pages behind a personal link, and what the travel desk does about it."""
