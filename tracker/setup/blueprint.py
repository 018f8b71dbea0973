"""The address of an installation's health."""

from flask import Blueprint

bp = Blueprint("health", __name__)
