"""Whether a State was reached: by a letter, by somebody who opened the request, or as an officer records it."""
