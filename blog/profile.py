"""What staff say about themselves: the name shown, a few words, a picture."""

from django import forms
from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from blog.avatars import UnusablePicture, reencode
from blog.models import User


class PictureField(forms.FileField):
    """Takes a picture and gives it re-encoded. No ImageField: that opens every format Pillow knows, to look at it."""

    widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"})

    def clean(self, data, initial=None):
        upload = super().clean(data, None)
        if not upload:
            return upload
        try:
            return reencode(upload)
        except UnusablePicture as error:
            raise forms.ValidationError(str(error), code="unusable") from error


class PictureForm(forms.ModelForm):
    """A form of an account with its picture, which is changed or taken away."""

    new_picture = PictureField(label="Picture", required=False, help_text="Square works best; up to 4 MB.")
    no_picture = forms.BooleanField(label="Take the picture away", required=False)

    class Meta:
        model = User
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._old = self.instance.avatar.name
        if not self.instance.avatar:
            self.fields.pop("no_picture")

    def store_picture(self) -> None:
        """Store a new picture's file ahead of the account: its store may be slow, and nobody should wait for that."""
        if picture := self.cleaned_data.get("new_picture"):
            self.instance.avatar.save(picture.name, picture, save=False)

    def forget_picture(self) -> None:
        """Remove the file again that `store_picture` stored."""
        if self.instance.avatar.name != self._old:
            self.instance.avatar.delete(save=False)

    def save(self, commit: bool = True) -> User:
        """Save the account; the old picture's file goes once the new row is committed."""
        old = self._old
        if self.cleaned_data.get("new_picture"):
            if self.instance.avatar.name == old:
                self.instance.avatar = self.cleaned_data["new_picture"]
        elif self.cleaned_data.get("no_picture"):
            self.instance.avatar = ""
        user = super().save(commit)
        if old and self.instance.avatar.name != old:
            # An old picture that stays where it was costs room, and no error for who has a new one.
            transaction.on_commit(lambda: default_storage.delete(old), robust=True)
        return user


class ProfileForm(PictureForm):
    """What an account may change about itself."""

    class Meta:
        model = User
        fields = ["display_name", "about"]


def edit(request: HttpRequest) -> HttpResponse:
    """Show and save the profile of whoever is logged in. Guarded by the admin site."""
    user = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.store_picture()
        try:
            with transaction.atomic():
                form.save()
        except Exception:
            form.forget_picture()
            raise
        messages.success(request, "Your profile is saved.")
        return redirect("admin:profile")
    context = {**admin.site.each_context(request), "title": "Your profile", "form": form, "person": user}
    return render(request, "admin/profile.html", context, status=422 if form.errors else 200)
