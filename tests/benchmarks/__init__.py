"""How fast the pages are with a full database, beside a page that does as little as a page can."""
