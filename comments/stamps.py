"""The signed stamp in a comment form: when it was made, for which post, and what makes a double submit one.

A page that is kept for everybody has one stamp for all of them. So the seconds are those since the page was made, the
most that anybody can have looked at it, and what was sent is told apart by the words as well as by the stamp.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.core import signing

SALT = "comments.form"


class StampRefused(Exception):
    """The stamp is missing, forged, of another post, or too old. The message is for the reader."""


@dataclass(frozen=True, slots=True)
class Stamp:
    key: str
    seconds: float

    def key_for(self, network: str, *words: str) -> str:
        """A key that is the same when the same words are sent with this form again, from the same network."""
        sent = "\x1f".join((self.key, network, *words))
        return blake2b(sent.encode("utf-8", "surrogatepass"), digest_size=24).hexdigest()


def make(post_id: int, now: datetime) -> str:
    """A fresh stamp for a form on this post."""
    return signing.dumps([post_id, round(now.timestamp(), 2), secrets.token_urlsafe(12)], salt=SALT, compress=False)


def read(raw: str, post_id: int, now: datetime) -> Stamp:
    """Return the key and the seconds since the form was made. Raises StampRefused."""
    try:
        of_post, made, key = signing.loads(raw, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise StampRefused("This form could not be recognised. Please send it again; your text is below.") from error
    if of_post != post_id:
        raise StampRefused("This form belongs to another post. Please send it again; your text is below.")
    seconds = now.timestamp() - made
    if not -300 <= seconds <= settings.COMMENTS_FORM_SECONDS:
        raise StampRefused(
            "This form was open for a long time and has expired. Please send it again; your text is below."
        )
    return Stamp(key, max(seconds, 0.0))
