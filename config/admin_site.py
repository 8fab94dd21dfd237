"""The admin under our name, with one log-in for everybody and the second factor behind it."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class GatepostAdminConfig(AdminConfig):
    default_site = "config.admin_site.GatepostAdminSite"


class GatepostAdminSite(AdminSite):
    """Placeholder for now."""
