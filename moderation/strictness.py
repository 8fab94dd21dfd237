"""The setting of the filter in words, and the probabilities of spam that each word stands for: the same for every blog.

Pure: no Django, no settings.
"""

from collections.abc import Mapping
from types import MappingProxyType

from moderation.classifier.trial import Lines

STRICTNESS: Mapping[str, Lines] = MappingProxyType(
    {
        # People see nearly everything that is in doubt.
        "strict": Lines(hold=0.06, spam=0.98, answer=0.99, stray=0.02),
        "normal": Lines(hold=0.15, spam=0.95, answer=0.97, stray=0.04),
        # People see what is more likely spam than a stranger's is.
        "relaxed": Lines(hold=0.30, spam=0.95, answer=0.97, stray=0.08),
    }
)
NORMAL = "normal"
