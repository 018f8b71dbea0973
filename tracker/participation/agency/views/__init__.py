"""The pages of the agency's statements and of expected refunds."""
