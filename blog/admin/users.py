"""Accounts in the admin: for superusers alone."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest

from blog import enrolment
from blog.admin.ticked import TickedRows
from blog.models import User
from blog.profile import PictureForm


class AccountForm(PictureForm, UserChangeForm):
    """An account with its rights."""

    class Meta(UserChangeForm.Meta):
        model = User
        fields = "__all__"
        exclude = ["avatar", "first_name", "last_name"]


class NewAccountForm(AdminUserCreationForm):
    """An account to begin with."""

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ["username", "display_name", "slug", "email", "is_staff", "groups"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_staff"].initial = True  # without it an account cannot log in anywhere


@admin.register(User)
class AccountAdmin(TickedRows, UserAdmin):
    """Who may log in and what for. Everybody changes their own name and picture on the profile page."""

    form = AccountForm
    add_form = NewAccountForm
    list_display = ["username", "display_name", "email", "roles", "is_active", "last_login"]
    list_filter = []
    search_fields = ["username", "display_name", "email"]
    view_on_site = False
    actions = ["forget_second_factor"]
    filter_horizontal = []
    prepopulated_fields = {"slug": ["display_name"]}
    add_fieldsets = [
        (None, {"fields": ["username", "display_name", "slug", "email", "usable_password", "password1", "password2"]}),
        ("Rights", {"fields": ["is_staff", "groups"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        if obj is None:
            return self.add_fieldsets
        picture = ["new_picture", "no_picture"] if obj.avatar else ["new_picture"]
        return [
            (None, {"fields": ["username", "password", "email"]}),
            ("As readers see it", {"fields": ["display_name", "slug", "about", *picture]}),
            ("Rights", {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
            ("Dates", {"fields": ["last_login", "date_joined"]}),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join(["Superuser"] * user.is_superuser + names)

    @admin.action(description="Remove the second factor (device lost)")
    def forget_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        users = list(queryset)
        for user in users:
            enrolment.forget(user)
            self.log_change(request, user, "Second factor removed.")
        messages.success(request, f"Second factor removed: {', '.join(map(str, users))}.")
