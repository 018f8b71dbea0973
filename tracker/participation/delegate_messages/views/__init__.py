"""The pages on which delegate and office write each other."""
