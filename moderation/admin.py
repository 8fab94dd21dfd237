"""Comments and rules in the admin. Comments may not import this app, so their admin stands here, over the same door.

Decisions are not in the admin: the log at `moderation:log` shows, filters and exports them.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import Truncator

from blog.admin.ticked import TickedRows
from comments.confusables import SURROGATE, UNPRINTABLE
from comments.models import Comment, Reason
from moderation import batches, decisions
from moderation.access import PERMISSION
from moderation.actors import person
from moderation.forms import NO_REASON, PlainTextField
from moderation.models import Decision, Rule
from moderation.ticks import MOST, read_ticked

A = Decision.Action
SECONDS = 5  # that a batch may take of a request; 200 rows take about one
FOLDED = frozenset({Rule.Kind.WORD, Rule.Kind.DOMAIN, Rule.Kind.ADDRESS})


class RuleForm(forms.ModelForm):
    """A rule whose text is stored as it is matched: trimmed, and in small letters where case means nothing."""

    class Meta:
        model = Rule
        fields = ["kind", "text", "effect", "enabled", "note"]

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if UNPRINTABLE.search(text) or SURROGATE.search(text):
            raise ValidationError("This has a control character in it; please type it again.")
        return " ".join(text.split())

    def clean(self) -> dict:
        cleaned = super().clean()
        kind, text = cleaned.get("kind"), cleaned.get("text")
        if kind in FOLDED and text:
            cleaned["text"] = text = text.casefold()
            if len(text) > Rule._meta.get_field("text").max_length:  # "ß" becomes "ss"
                self.add_error("text", "This is too long.")
            if " " in text:
                self.add_error("text", "This has a space in it; for several words choose the kind “Phrase”.")
        same = Rule.objects.filter(kind=kind, text=text).exclude(pk=self.instance.pk)
        if kind and text and same.exists():
            self.add_error("text", "There is a rule with this kind and text already.")
        return cleaned


@admin.register(Rule)
class RuleAdmin(TickedRows, admin.ModelAdmin):
    """The blocklist."""

    form = RuleForm
    list_display = ["text", "kind", "effect", "enabled", "note", "created_by", "created_at"]
    list_filter = ["kind", "effect", "enabled"]
    list_select_related = ["created_by"]
    search_fields = ["text", "note"]
    actions = ["switch_on", "switch_off"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in {"kind__exact", "effect__exact", "enabled__exact"}

    def save_model(self, request: HttpRequest, obj: Rule, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    @admin.action(description="Switch on", permissions=["change"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._switch(request, queryset, True)

    @admin.action(description="Switch off", permissions=["change"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._switch(request, queryset, False)

    def _switch(self, request: HttpRequest, queryset: QuerySet, on: bool) -> None:
        changed = queryset.exclude(enabled=on).update(enabled=on)
        self.message_user(request, f"{changed} rules switched {'on' if on else 'off'}.", messages.SUCCESS)


class BoundedPaginator(Paginator):
    """Counts no further than MOST rows: what lies deeper is found by search, filter or the desk's own pages."""

    MOST = 5_000

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[: self.MOST].count()


class ActWithReason(ActionForm):
    """The choice of the action, with the reason that a rejection needs."""

    reason = forms.ChoiceField(choices=[NO_REASON, *Reason.choices], required=False, label="Reason, to reject:")
    note = PlainTextField(max_length=200, required=False, label="Note:")


@admin.register(Comment)
class CommentAdmin(TickedRows, admin.ModelAdmin):
    """A list of comments with the desk's acts. One comment is shown, and decided about, on the desk."""

    list_display = ["excerpt", "name", "on", "status", "created_at"]
    list_filter = ["status"]
    list_per_page = 100
    search_fields = ["body", "name", "email", "website"]
    ordering = ["-pk"]
    sortable_by = []
    paginator = BoundedPaginator
    show_full_result_count = False
    action_form = ActWithReason
    actions = [*(f"do_{action}" for action in (A.APPROVE, A.HOLD, A.SPAM, A.NOT_SPAM, A.REJECT))]
    list_display_links = None

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "status__exact"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """Who may see held comments is who may decide about them."""
        return request.user.has_perm(PERMISSION)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    has_decide_permission = has_view_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .select_related("post")
            .defer("html", "post__source", "post__html", "post__text")
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Django's page would show the key of the author's private page, and no history: the desk has its own."""
        return self._on_the_desk(request, object_id)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        return self._on_the_desk(request, object_id)

    @admin.display(description="Comment")
    def excerpt(self, comment: Comment) -> str:
        # The version goes along with each row, so that an action compares with what was on the page.
        return format_html(
            '<a href="{}" dir="auto">{}</a><input type="hidden" name="seen" value="{}:{}">',
            reverse("moderation:item", args=[comment.pk]),
            Truncator(comment.body).chars(90) or "(erased)",
            comment.pk,
            comment.version,
        )

    @admin.display(description="On")
    def on(self, comment: Comment) -> str:
        return comment.post.title

    @admin.action(description="Approve", permissions=["decide"])
    def do_approve(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, queryset, A.APPROVE)

    @admin.action(description="Hold", permissions=["decide"])
    def do_hold(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, queryset, A.HOLD)

    @admin.action(description="Mark as spam", permissions=["decide"])
    def do_spam(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, queryset, A.SPAM)

    @admin.action(description="Not spam", permissions=["decide"])
    def do_not_spam(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, queryset, A.NOT_SPAM)

    @admin.action(description="Reject, with the reason chosen", permissions=["decide"])
    def do_reject(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, queryset, A.REJECT)

    def _decide(self, request: HttpRequest, queryset: QuerySet, action: str) -> None:
        """The act for each ticked row, as it stood on the page; what could not be done is said."""
        seen, _ = read_ticked(request.POST.getlist("seen"))
        ticked = set(queryset.values_list("pk", flat=True)[:MOST])
        rows = [row for row in seen if row.comment_id in ticked]
        form = ActWithReason(request.POST)
        form.fields["action"].choices = self.get_action_choices(request)
        if not form.is_valid():
            self.message_user(request, "The reason or the note could not be read.", messages.ERROR)
            return
        reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        actor, now = person(request.user), timezone.now()
        try:
            batch = batches.start(action, actor=actor, rows=rows, reason=reason, note=note, now=now)
        except decisions.NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except decisions.ReasonMissing as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return
        batch = batches.run(batch.pk, now=now, seconds=SECONDS)
        if batch.done:
            self.message_user(request, f"{batch.get_action_display()}: {batch.done}.", messages.SUCCESS)
        for item in batch.items.exclude(why="").order_by("comment")[:10]:
            self.message_user(request, f"Comment {item.comment_id}: {item.why}", messages.WARNING)
        if batch.refused > 10:
            self.message_user(request, f"And {batch.refused - 10} more were left as they are.", messages.WARNING)
        if batch.is_running:
            address = reverse("moderation:batch_page", args=[batch.pk])
            says = format_html('Not done yet: <a href="{}">go on with the other {}</a>.', address, batch.left)
            self.message_user(request, says, messages.WARNING)

    def _on_the_desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) <= 18):
            raise Http404
        return redirect("moderation:item", int(object_id))
