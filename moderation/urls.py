"""The addresses of the desk."""

from django.urls import path

from moderation import batch_views, check_views, log_views, number_views, views

app_name = "moderation"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("comments/<int:comment_id>/", views.item_page, name="item"),
    path("comments/<int:comment_id>/decisions/", views.decide, name="decide"),
    path("comments/<int:comment_id>/erase/", views.erase, name="erase"),
    path("decisions/<int:decision_id>/undo/", views.undo, name="undo"),
    path("batches/", batch_views.decide_batch, name="batch"),
    path("batches/<uuid:key>/undo/", batch_views.undo_batch, name="undo_batch"),
    path("log/", log_views.log_page, name="log"),
    path("log.csv", log_views.log_csv, name="log_csv"),
    path("checks/", check_views.checks_page, name="checks"),
    path("checks/<int:check_id>/", check_views.check_page, name="check"),
    path("checks/<int:check_id>/decisions/", check_views.decide_check, name="decide_check"),
    path("numbers/", number_views.numbers_page, name="numbers"),
    path("automation/", number_views.change_automation, name="automation"),
]
