"""Host names as Werkzeug compares them: an address of IPv6 needs help to stay whole."""


class Bracketed(str):
    """An address of IPv6 as it stands in a Host header; Werkzeug parts names at their first colon."""

    __slots__ = ()

    def partition(self, _separator: str, /) -> tuple[str, str, str]:
        """The whole address as the part before a colon."""
        return str(self), "", ""
