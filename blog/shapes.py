"""A template rendered once and filled many times.

A page of a thousand comments took 130 ms, nearly all of it for rendering one small template a thousand times. But what
a template makes of two comments differs by their texts alone, as long as it takes the same turns. So it is rendered
once for each way through it, with a mark in place of each text, and what comes out is a pattern for `%`. The markup
stays in templates/, and a test compares what is filled with what is rendered.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from operator import itemgetter
from typing import NamedTuple
from weakref import WeakKeyDictionary

from django.template import Template
from django.template.loader import get_template


class Shape(NamedTuple):
    """A pattern for `%`, and what picks the texts out of a dictionary in the order in which they stand there."""

    pattern: str
    texts: Callable[[Mapping[str, object]], tuple]

    def filled(self, texts: Mapping[str, object]) -> str:
        """The pattern with these texts in it."""
        return self.pattern % self.texts(texts)


class Shapes:
    """The shapes of one template: what stands there for each of `marks` is a text of that name.

    Whoever fills a pattern escapes the texts as the template would.
    """

    def __init__(self, template: str, marks: dict[str, str]) -> None:
        self._template, self._marks = template, marks
        # A template that was read anew, since it changed, is another.
        self._known: WeakKeyDictionary[Template, dict[Hashable, Shape]] = WeakKeyDictionary()

    def known(self) -> dict[Hashable, Shape]:
        """What `make` made of the template so far, by turns."""
        return self._known.setdefault(get_template(self._template).template, {})

    def make(self, turns: Hashable, context: dict) -> Shape:
        """Render the template with `context`, which has marks in place of texts, and keep the shape.

        Args:
            turns: whatever decides which way is taken through the template, and all that it shows without a mark.
                It must have few values: each has a shape that is kept.
        """
        names = {standing_in: name for name, standing_in in self._marks.items()}
        parts = re.split(f"({'|'.join(map(re.escape, names))})", get_template(self._template).render(context))
        pattern = "".join("%s" if part in names else part.replace("%", "%%") for part in parts)
        found = [names[part] for part in parts if part in names]
        pick = itemgetter(*found) if len(found) > 1 else lambda texts: tuple(texts[name] for name in found)
        shape = self.known()[turns] = Shape(pattern, pick)
        return shape


def mark(name: str) -> str:
    """What stands for a text while a template is rendered: nothing that escaping or quoting would change."""
    return f"mark0{name}0mark"
