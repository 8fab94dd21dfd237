"""The addresses of the desk."""

from django.urls import path

from moderation import (
    appeal_views,
    batch_pages,
    batch_views,
    decision_views,
    log_views,
    person_views,
    sanction_views,
    views,
)

app_name = "moderation"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("comments/<int:comment_id>/", views.item_page, name="item"),
    path("comments/<int:comment_id>/decisions/", views.decide, name="decide"),
    path("comments/<int:comment_id>/erase/", views.erase, name="erase"),
    path("decisions/<int:decision_id>/undo/", views.undo, name="undo"),
    path("batches/", batch_views.batches_page, name="batch"),
    path("batches/<uuid:key>/undo/", batch_pages.undo_batch, name="undo_batch"),
    path("log/", log_views.log_page, name="log"),
    path("log.csv", log_views.log_csv, name="log_csv"),
    path("appeals/", appeal_views.appeals_page, name="appeals"),
    path("appeals/<int:appeal_id>/", appeal_views.appeal_page, name="appeal"),
    path("appeals/<int:appeal_id>/answer/", appeal_views.answer, name="answer"),
    path("people/", sanction_views.people_page, name="people"),
    path("people/<str:kind>/<int:number>/", person_views.person_page, name="person"),
    path("people/<str:kind>/<int:number>/sanctions/", person_views.sanction, name="sanction"),
    path("people/<str:kind>/<int:number>/notes/", person_views.note, name="note"),
    path("sanctions/<int:sanction_id>/lift/", sanction_views.lift, name="lift"),
    path("batches/all/", batch_views.batch_all, name="batch_all"),
    path("batches/<uuid:key>/", batch_pages.batch_page, name="batch_page"),
    path("batches/<uuid:key>/continue/", batch_pages.continue_batch, name="continue_batch"),
    path("batches/<uuid:key>/stop/", batch_pages.stop_batch, name="stop_batch"),
    path("senders/<int:sender_id>/erase/", batch_views.erase_sender, name="erase_sender"),
    path("decisions/<int:decision_id>/", decision_views.decision_page, name="decision"),
]
