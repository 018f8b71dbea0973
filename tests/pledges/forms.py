"""Filling in the form on a page, as a browser does."""

import re
from typing import Any


def fields_of(html: str) -> dict[str, str]:
    """What a browser would send of the page's last form, untouched (ticks and choices left out)."""
    form = html.rsplit('<form method="post"', 1)[-1]
    inputs = [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in re.findall(r"<input [^>]*>", form)]
    return {
        i["name"]: i.get("value", "")
        for i in inputs
        if i.get("type") not in ("checkbox", "radio", "file") and i.get("name")
    }


def words_of(response: Any) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text.replace("\u00a0", " ")))
