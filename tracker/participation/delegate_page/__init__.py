"""The page of a delegate: no account, a personal link, and a code at each opening."""
