"""The app entry of the admin. Apart from the site itself, because app entries are read before there are models."""

from django.contrib.admin.apps import AdminConfig


class GatepostAdminConfig(AdminConfig):
    default_site = "config.admin_site.GatepostAdminSite"
