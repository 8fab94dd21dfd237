"""How the desk shows texts with their citations, ages, and the acts."""

import uuid
from datetime import datetime

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from moderation import ages, navigation
from moderation.citations import Piece, pieces, shows_all
from moderation.findings import to_one_decimal
from moderation.forms import VERBS
from moderation.log import reason_label

register = template.Library()
KEYS = {"approve": "A", "accept_edit": "A", "refuse_edit": "E", "not_spam": "N", "hold": "H", "spam": "S"}
REASON_KEYS = {
    "spam": "S",
    "advertising": "A",
    "off_topic": "O",
    "harassment": "H",
    "hate": "E",
    "threat": "T",
    "sexual": "X",
    "personal_data": "P",
    "impersonation": "I",
    "misinformation": "M",
    "illegal": "L",
    "duplicate": "D",
    "low_effort": "N",
    "other": "W",
}


@register.simple_tag
def marked(found: list[Piece], titles: dict[int, str] | None = None) -> SafeString:
    """Pieces of a text: escaped, cited ones marked and numbered, invisible characters as boxes. Nothing is a link."""
    return format_html_join("", "{}", ((_piece(piece, titles or {}),) for piece in found))


@register.simple_tag
def plain(text: str) -> SafeString:
    """A text as `marked` shows it, without citations."""
    return escape(text) if shows_all(text) else marked(pieces(text))


@register.simple_tag(takes_context=True)
def places(context: template.Context) -> list[navigation.Place]:
    """Where the bar of the desk leads."""
    return navigation.places(context["request"])


@register.filter
def ago(moment: datetime | None) -> str:
    """The age of a moment in its largest unit: "4 s ago", "12 min ago", "3 d ago"."""
    return "" if moment is None else ages.ago(moment, timezone.now())


@register.simple_tag
def live(moment: datetime) -> SafeString:
    """A moment as its age, which the desk's script keeps true, and its date on pointing at it."""
    local = timezone.localtime(moment)
    exact = f"{local.day} {MONTHS[local.month]} {local.year}, {local:%H:%M:%S}"  # as date_format writes "j F Y, H:i:s"
    return format_html(
        '<time datetime="{}" title="{}" data-live>{}</time>', local.isoformat(timespec="seconds"), exact, ago(moment)
    )


@register.filter
def verb(action: str) -> str:
    """The act as a button says it."""
    return VERBS.get(action, action)


@register.filter
def key(action: str) -> str:
    """The letter that does the act from the keyboard."""
    return KEYS.get(action, "")


@register.filter
def reason_key(reason: str) -> str:
    """The letter that gives the reason after R."""
    return REASON_KEYS.get(reason, "")


@register.filter
def in_words(reason: str) -> str:
    """A reason code in words."""
    return reason_label(reason)


@register.filter
def signed(weight: float) -> str:
    """A weight with its sign to one decimal, as in "+3", "+0.4" or "0"."""
    return to_one_decimal(weight, "+")


@register.filter
def split_words(words: str) -> list[str]:
    """A list written in a template: "a b c"."""
    return words.split()


@register.filter
def item_of(values: dict, name: str) -> object:
    """The entry of a dictionary under a name that is a variable in the template."""
    return values.get(name)


@register.filter
def undo_address(tags: str) -> str:
    """Where a message's Undo button leads; "" for a message without one. `tags` are those of `views.announce`."""
    match (tags or "").split():
        case ["undo", number, _] if number.isdigit():
            return reverse("moderation:undo", args=[int(number)])
        case ["undo-batch", batch]:
            return reverse("moderation:undo_batch", args=[uuid.UUID(batch)])
        case ["undo-dismissal", number, at, _] if number.isdigit() and at.isdigit():
            return reverse("moderation:reopen_reports", args=[int(number), int(at)])
    return ""


@register.filter
def undo_seen(tags: str) -> str:
    """The version that the Undo of a message saw; "" for a batch."""
    match (tags or "").split():
        case ["undo", _, seen] | ["undo-dismissal", _, _, seen]:
            return seen
    return ""


def _piece(piece: Piece, titles: dict[int, str]) -> SafeString:
    content = piece.text
    if piece.unseen:
        content = format_html('<span class="unseen" title="Invisible characters">\N{OPEN BOX} {}</span>', content)
    if not piece.findings:
        return format_html("{}", content)
    title = "; ".join(titles[number] for number in piece.findings if number in titles)
    cites = format_html_join(
        "", '<sup class="cite"><span class="visually-hidden"> finding </span>{}</sup>', ((n,) for n in piece.ends)
    )
    return format_html('<mark{} title="{}">{}</mark>{}', _FAINT if piece.faint else "", title, content, cites)


_FAINT = format_html(' class="{}"', "faint")
