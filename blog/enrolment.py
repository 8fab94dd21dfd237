"""The pages on which staff set up, renew and remove their second factor, under /admin/second-factor/."""

from base64 import b32encode

import segno
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST
from django_otp import login as mark_verified
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from blog import second_factor
from blog.models import User

RECOVERY_CODES = 10


class CodeForm(forms.Form):
    """One code."""

    code = forms.CharField(
        label="Code",
        max_length=32,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


def is_staff(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff


def _for_staff(view):
    """Only for staff in whose session nothing is missing but a device: nobody gets past a device by replacing it."""

    def guarded(request: HttpRequest) -> HttpResponse:
        if not is_staff(request) or (second_factor.is_set_up(request.user) and not second_factor.passed(request)):
            return redirect(f"{reverse('admin:login')}?next={reverse('admin:second_factor')}")
        return view(request)

    return never_cache(csrf_protect(guarded))


@_for_staff
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What is set up, and what can be done about it."""
    return _page(request, CodeForm())


@_for_staff
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Make a new secret; it counts for nothing until a code proves that the app has it."""
    if not second_factor.is_set_up(request.user):
        with transaction.atomic():
            _lock(request.user)
            TOTPDevice.objects.filter(user_id=request.user.pk, confirmed=False).delete()
            TOTPDevice.objects.create(user_id=request.user.pk, name="app", confirmed=False)
    return redirect("admin:second_factor")


@_for_staff
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Switch the device on with a first code, and show the recovery codes, this once."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    with transaction.atomic():
        _lock(request.user)
        if second_factor.is_set_up(request.user):
            return redirect("admin:second_factor")
        device = TOTPDevice.objects.filter(user_id=request.user.pk, confirmed=False).first()
        if device is None:
            return redirect("admin:second_factor")
        if not device.verify_token("".join(form.cleaned_data["code"].split())):
            form.add_error("code", "This code is not right. Codes change every 30 seconds; wait for the next one.")
            device = None
        else:
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            codes = _new_codes(request.user)
    if device is None:
        return _page(request, form)
    request.session.cycle_key()
    mark_verified(request, device)
    return _page(request, CodeForm(), codes=codes)


@_for_staff
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Replace the recovery codes, for a code."""
    form = _proven(request)
    if not form.is_valid():
        return _page(request, form, asked="renew")
    with transaction.atomic():
        _lock(request.user)
        codes = _new_codes(request.user)
    return _page(request, CodeForm(), codes=codes)


@_for_staff
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Switch the second factor off, for a code."""
    form = _proven(request)
    if not form.is_valid():
        return _page(request, form, asked="remove")
    forget(request.user)
    messages.success(request, "The second factor is switched off.")
    return redirect("admin:second_factor")


def forget(user: User) -> None:
    """Remove the account's devices: by their owner, or by a superuser for somebody who lost them."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=user.pk).delete()
        StaticDevice.objects.filter(user_id=user.pk).delete()


def _proven(request: HttpRequest) -> CodeForm:
    form = CodeForm(request.POST)
    if form.is_valid() and second_factor.prove(request.user, form.cleaned_data["code"]) is None:
        form.add_error("code", "This code is not right, or it was used already. Wait for the next one.")
    return form


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user_id=user.pk).delete()
    device = StaticDevice.objects.create(user_id=user.pk, name="recovery codes", confirmed=True)
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def _lock(user: User) -> None:
    """One set-up at a time for one account: two tabs must not make two devices."""
    User.objects.select_for_update().get(pk=user.pk)


def _page(request: HttpRequest, form: CodeForm, *, codes: list[str] | None = None, asked: str = "") -> HttpResponse:
    devices = {device.confirmed: device for device in TOTPDevice.objects.filter(user_id=request.user.pk)}
    device, waiting = devices.get(True), None if True in devices else devices.get(False)
    return render(
        request,
        "admin/second_factor.html",
        {
            **admin.site.each_context(request),
            "title": "Second factor",
            "form": form,
            "codes": codes,
            "asked": asked,
            "device": device,
            "codes_left": StaticToken.objects.filter(device__user_id=request.user.pk).count() if device else 0,
            "picture": _picture(waiting) if waiting else "",
            "secret": _secret(waiting) if waiting else "",
            "required": settings.STAFF_SECOND_FACTOR_REQUIRED,
        },
        status=422 if form.errors else 200,
    )


def _picture(device: TOTPDevice) -> SafeString:
    """The QR code as SVG without style attributes, dark on white in the dark too: cameras want it so."""
    code = segno.make(device.config_url, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=5, border=4, dark="#000", light="#fff"))  # noqa: S308 - made of numbers by segno


def _secret(device: TOTPDevice) -> str:
    text = b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


urls = [
    path("second-factor/", overview, name="second_factor"),
    path("second-factor/start/", start, name="second_factor_start"),
    path("second-factor/confirm/", confirm, name="second_factor_confirm"),
    path("second-factor/codes/", renew, name="second_factor_renew"),
    path("second-factor/remove/", remove, name="second_factor_remove"),
]
