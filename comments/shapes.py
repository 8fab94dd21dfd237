"""A template rendered once and filled many times.

A page of a thousand comments took 130 ms, nearly all of it for rendering one small template a thousand times. But what
a template makes of two comments differs by their texts alone, as long as it takes the same turns. So it is rendered
once for each way through it, with a mark in place of each text, and what comes out is a pattern for `%`. The markup
stays in templates/, and a test compares what is filled with what is rendered.
"""

from collections.abc import Hashable
from weakref import WeakKeyDictionary

from django.template import Template
from django.template.loader import get_template


class Shapes:
    """The patterns of one template. In them, each of `marks` has become `%(its name)s`.

    Whoever fills a pattern escapes the texts as the template would.
    """

    def __init__(self, template: str, marks: dict[str, str]) -> None:
        self._template, self._marks = template, marks
        # A template that was read anew, since it changed, is another.
        self._known: WeakKeyDictionary[Template, dict[Hashable, str]] = WeakKeyDictionary()

    def patterns(self) -> dict[Hashable, str]:
        """What `make` made of the template so far, by turns."""
        return self._known.setdefault(get_template(self._template).template, {})

    def make(self, turns: Hashable, context: dict) -> str:
        """Render the template with `context`, which has marks in place of texts, and keep the pattern.

        Args:
            turns: whatever decides which way is taken through the template, and all that it shows without a mark.
                It must have few values: each has a pattern that is kept.
        """
        text = get_template(self._template).render(context).replace("%", "%%")
        for name, standing_in in self._marks.items():
            text = text.replace(standing_in, f"%({name})s")
        self.patterns()[turns] = text
        return text


def mark(name: str) -> str:
    """What stands for a text while a template is rendered: nothing that escaping or quoting would change."""
    return f"mark0{name}0mark"
