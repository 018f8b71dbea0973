"""What a donor reads who wants to pay seats of a session: what they cost, and how many an amount covers."""
