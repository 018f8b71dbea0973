"""The addresses of notifications, deliveries and the demonstration's mailbox."""

from flask import Blueprint

bp = Blueprint("notifications", __name__)
