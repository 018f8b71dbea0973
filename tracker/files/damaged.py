"""Round every reader of files: what it stumbles over in a damaged file becomes one sentence for whoever sent it."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from tracker.errors import DomainError, Invalid
from tracker.languages.marking import lazy

log = structlog.get_logger()


@contextmanager
def refused_when_damaged() -> Iterator[None]:
    """Raise Invalid for what a reader did not expect; its own refusals pass, and so does a machine without memory.

    Readers name what they know of (an old kind, a password, a line); nobody can name all that a random byte does.
    """
    try:
        yield
    except (DomainError, MemoryError):
        raise
    except Exception as reason:
        log.warning("damaged file", reason=type(reason).__name__, exc_info=True)
        sentence = lazy("The file is damaged. Open it, save it under another name and choose that one.")
        raise Invalid(sentence) from reason
