"""Search that finds the same in six languages and on both databases.

Text is folded in Python (see `folding`) and only then given to the database (see `index`), which has nothing left to
interpret: no collation, stemmer or dictionary of its own can make the two engines differ.
"""

from tracker.search.folding import flatten, fold, query_tokens
from tracker.search.index import (
    SearchEntry,
    forget_text,
    index_many,
    index_text,
    install,
    lacking,
    match_clause,
    matching,
    says_clause,
    texts_of_triggers,
)

__all__ = [
    "SearchEntry",
    "flatten",
    "fold",
    "forget_text",
    "index_many",
    "index_text",
    "install",
    "lacking",
    "match_clause",
    "matching",
    "query_tokens",
    "says_clause",
    "texts_of_triggers",
]
