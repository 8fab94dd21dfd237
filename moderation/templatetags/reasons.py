"""The reasons to choose from. They are the same for everybody, so what a template makes of them is made once."""

from weakref import WeakKeyDictionary

from django import template
from django.template import Template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from comments.models import Reason

register = template.Library()
# A template that was read anew, since it changed, is another.
_made: WeakKeyDictionary[Template, dict[str, SafeString]] = WeakKeyDictionary()


@register.simple_tag
def reasons_in(name: str, given: object = None) -> SafeString:
    """What the template of this name makes of the `reasons`; `given` is the code that was chosen, if it is one."""
    chosen = given if given in Reason.values else ""
    found = get_template(name)
    made = _made.setdefault(found.template, {})
    if chosen not in made:
        made[chosen] = found.render({"reasons": Reason.choices, "given": chosen})
    return made[chosen]
