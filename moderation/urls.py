"""The addresses of the desk."""

from django.urls import path

from moderation import batch_views, log_views, notice_desk_views, report_desk_views, views

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
    path("reports/", report_desk_views.reports_page, name="reports"),
    path("reports/<int:comment_id>/decisions/", report_desk_views.decide, name="report_decide"),
    path("reports/<int:comment_id>/dismissals/", report_desk_views.dismiss, name="dismiss_reports"),
    path("reports/<int:comment_id>/dismissals/<int:at>/undo/", report_desk_views.reopen, name="reopen_reports"),
    path("notices/", notice_desk_views.notices_page, name="notices"),
    path("notices/<int:notice_id>/", notice_desk_views.notice_page, name="notice"),
]
