"""The second factor of staff: when it is asked for, how a code is proven, and the log-in form that asks for it."""

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from blog.models import User
from blog.prepared import Prepared

DIGITS = 6


def passed(request: HttpRequest) -> bool:
    """Whether this session has proven all that the account, or the site, asks for beside the password.

    An account with a confirmed device must have used it in this session, also a session that is older than the device.
    """
    if request.user.is_verified():
        return True
    return not settings.STAFF_SECOND_FACTOR_REQUIRED and not is_set_up(request.user)


def is_set_up(user: User) -> bool:
    """Whether the account has a confirmed device."""
    return bool(_DEVICE.rows(user=user.pk))


_DEVICE = Prepared(
    TOTPDevice,
    lambda user: TOTPDevice.objects.filter(user_id=user, confirmed=True).order_by().values_list("pk")[:1],
    user=919_191,
)


def prove(user: User, code: str) -> Device | None:
    """The device of the account that accepts the code, or None. A code is good once.

    Six digits are the app's; anything else is a recovery code. Only that device is asked: django-otp slows a device
    down after each wrong code, and a code for one must not slow down the other.
    """
    typed = "".join(code.split()).lower()
    model = TOTPDevice if len(typed) == DIGITS and typed.isascii() and typed.isdigit() else StaticDevice
    with transaction.atomic():
        device = model.objects.select_for_update().filter(user_id=user.pk, confirmed=True).order_by("pk").first()
        return device if device and typed and device.verify_token(typed) else None


class LoginForm(AdminAuthenticationForm):
    """Name, password and code on one page, with one answer to everything that is wrong.

    The field for the code is always there, and a missing or wrong code counts as a failed log-in: otherwise the page
    would tell which accounts have a second factor, and when a guessed password is right.
    """

    code = forms.CharField(
        label="Code",
        required=False,
        max_length=32,
        help_text="From your authenticator app, or a recovery code. Leave empty if you have set up neither.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    error_messages = {
        "invalid_login": "That did not work. Check the name, the password (capitals matter) and the code, if your "
        "account has one.",
        "inactive": "That did not work. Check the name, the password (capitals matter) and the code, if your "
        "account has one.",
    }

    def confirm_login_allowed(self, user: User) -> None:
        """Called when name and password are right; refuses whoever is not staff or has not given the code."""
        try:
            super().confirm_login_allowed(user)
            if is_set_up(user):
                user.otp_device = prove(user, self.cleaned_data.get("code", ""))
                if user.otp_device is None:
                    raise self.get_invalid_login_error()
        except ValidationError:
            AxesProxyHandler.user_login_failed(
                sender=__name__, credentials={"username": user.get_username()}, request=self.request
            )
            raise
