"""Pictures of authors: decoded, cut to a square and encoded anew, so that nothing of the uploaded file survives."""

import secrets
import warnings
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 256  # pixels
MAX_BYTES = 4_000_000
MAX_PIXELS = 40_000_000


class UnusablePicture(ValueError):
    """The upload is no picture that we take. The message is for the person who sent it."""


def avatar_path(instance, filename: str) -> str:
    """A name that says nothing of the uploaded one and cannot be guessed."""
    return f"avatars/{secrets.token_urlsafe(16)}.webp"


def reencode(upload) -> ContentFile:
    """Return the upload as a square WebP of 256 pixels without metadata.

    Raises UnusablePicture for what is too large, no PNG, JPEG, WebP or GIF, or broken.
    """
    if upload.size > MAX_BYTES:
        raise UnusablePicture("The picture is larger than 4 MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=("PNG", "JPEG", "WEBP", "GIF")) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise UnusablePicture("The picture has more than 40 million pixels.")
                square = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGB"), (SIDE, SIDE))
    except UnusablePicture:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusablePicture("This is no PNG, JPEG, WebP or GIF picture that we can read.") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnusablePicture("This picture is broken.") from error
    out = BytesIO()
    square.save(out, "WEBP", quality=82)
    return ContentFile(out.getvalue(), name="avatar.webp")
