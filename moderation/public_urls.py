"""The addresses of moderation that are for everybody."""

from django.urls import path

from moderation import transparency_views

app_name = "transparency"
urlpatterns = [path("transparency/", transparency_views.transparency_page, name="page")]
