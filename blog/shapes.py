"""A template rendered once and filled many times.

A page of a thousand comments took 130 ms, nearly all of it for rendering one small template a thousand times. But what
a template makes of two comments differs by their texts alone, as long as it takes the same turns. So it is rendered
once for each way through it, with a mark in place of each text, and what comes out is cut at the marks. The markup
stays in templates/, and a test compares what is filled with what is rendered.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple
from weakref import WeakKeyDictionary

from django.template import Template
from django.template.loader import get_template


class Shape(NamedTuple):
    """What a template shows on one way through it.

    Attributes:
        around: what stands before, between and after the texts: one more than there are texts.
        names: of the texts, in their order; at least one.
    """

    around: tuple[str, ...]
    names: tuple[str, ...]

    def filled(self, texts: Mapping[str, object]) -> str:
        """With these texts in it."""
        return "".join(self.weaver(self.names)(tuple(str(texts[name]) for name in self.names)))

    def weaver(self, fields: Sequence[str]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
        """What makes of a tuple of texts, which has these fields, the parts of the filled template to be joined.

        A thread joins those of all its rows at once, which takes a quarter of filling each by itself.
        """
        around, size = self.around, len(self.around)
        places = [place for at, name in enumerate(self.names) for place in (at, size + fields.index(name))]
        pick = itemgetter(*places, size - 1)
        return lambda texts: pick(around + texts)


class Shapes:
    """The shapes of one template: what stands there for each of `marks` is a text of that name.

    Whoever fills a shape escapes the texts as the template would.
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
        shape = self.known()[turns] = Shape(tuple(parts[::2]), tuple(names[part] for part in parts[1::2]))
        return shape


def mark(name: str) -> str:
    """What stands for a text while a template is rendered: nothing that escaping or quoting would change."""
    return f"mark0{name}0mark"
