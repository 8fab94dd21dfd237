"""The addresses at which readers meet moderation; the desk's own stand in urls.py."""

from django.urls import path

from moderation import answer_views

app_name = "appeals"
urlpatterns = [
    path("comments/status/<str:capability>/appeal/", answer_views.appeal, name="appeal"),
    path("comments/status/<str:capability>/understood/", answer_views.understood, name="understood"),
]
