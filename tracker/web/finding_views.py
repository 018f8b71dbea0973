"""A room's pages are in modules named `views`; importing one binds its addresses to the room's blueprint."""

from importlib import import_module
from pkgutil import walk_packages


def import_views(package: str) -> None:
    """Import every module called `views` below `package`, and every module of a package that is called so."""
    for module in walk_packages(import_module(package).__path__, f"{package}."):
        if "views" in module.name.split("."):
            import_module(module.name)
