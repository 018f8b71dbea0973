"""The office's board of a session: what was nominated, how many reached each stage, for whom, and what is late."""
