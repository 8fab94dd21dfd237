"""Groups in the admin: what their members may do. For superusers alone."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from blog.admin.ticked import TickedRows

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(TickedRows, GroupAdmin):
    """Django's page of groups, over lists that let only numbers through."""

    filter_horizontal = []  # its script builds the page from strings, and the lists are short
