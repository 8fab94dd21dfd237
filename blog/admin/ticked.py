"""What the lists of the admin let through to the database."""

from django.db.models import ManyToManyField, Model
from django.forms import ModelMultipleChoiceField, ValidationError
from django.http import HttpRequest, HttpResponse

ACTION = "_selected_action"
MOST_TICKED = 500


class KeysField(ModelMultipleChoiceField):
    """Takes keys that can be keys: Django asks the database for any number, and both raise for one beyond their own."""

    def _check_values(self, value):
        for key in value:
            if not _is_key(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": str(key)[:20]}
                )
        return super()._check_values(value)


class TickedRows:
    """A list whose ticked rows are numbers, each once and not too many, and whose address filters by nothing hidden."""

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.method == "POST" and ACTION in request.POST:
            ticked = dict.fromkeys(value for value in request.POST.getlist(ACTION) if _is_key(value))
            request.POST = request.POST.copy()
            request.POST.setlist(ACTION, list(ticked)[:MOST_TICKED])
        return super().changelist_view(request, extra_context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        # Django looks for a field with no name where the address says "_to_field=".
        return super().get_object(request, object_id, from_field or None)

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **{"form_class": KeysField, **kwargs})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the list's own filters, which name what they look up; `?author__password__startswith=` is a question."""
        return lookup in {getattr(known, "parameter_name", None) for known in self.get_list_filter(request)}


def _is_key(value: str) -> bool:
    """Whether a value can be a primary key; Django passes letters and numbers of any length to the database."""
    return value.isascii() and value.isdigit() and len(value) <= 18
