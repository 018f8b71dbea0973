"""One page to keep: the delegate's page as a PDF of one side of A4, for a telephone without a line or a pocket."""
