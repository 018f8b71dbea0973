"""Making personal links, asking and using codes, opening and closing the page."""

from tracker.participation.delegate_page.services.linking import make_links, renew_link
from tracker.participation.delegate_page.services.opening import ask_code, close_page, open_page, press, read_out_code

__all__ = ["ask_code", "close_page", "make_links", "open_page", "press", "read_out_code", "renew_link"]
