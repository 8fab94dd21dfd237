"""The oracle for whole pages: what of a page can only come from a text that was taken for markup."""

from bleach._vendor import html5lib

NO_PART_OF_A_PAGE = {"img", "iframe", "object", "embed", "svg", "math", "base", "style", "video", "audio", "marquee"}
ADDRESSES = ("href", "src", "action", "formaction")
OWN = ("/", "#", "?", "http://", "https://")


def page_faults(page: str) -> list[str]:
    """Elements that no page of readers has, scripts that are not ours, handlers, styles, and addresses that run.

    Args:
        page: a whole document of this site, for readers or from the desk; the admin draws pictures of its own.
    """
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue  # a comment's tag is a function
        name = element.tag.rpartition("}")[2]
        attributes = {str(key): value for key, value in element.attrib.items()}
        if name in NO_PART_OF_A_PAGE or (name == "script" and not _ours(attributes)):
            found.append(f"<{name} {attributes}>")
        found += [f"<{name} {key}>" for key in attributes if key.startswith("on") or key == "style"]
        found += [f"<{name} {key}={attributes[key]}>" for key in ADDRESSES if not _leads_well(attributes.get(key, ""))]
    return found


def _ours(attributes: dict[str, str]) -> bool:
    return attributes.get("src", "").startswith("/static/") or attributes.get("type") == "application/ld+json"


def _leads_well(address: str) -> bool:
    # Browsers drop blanks and controls before they look for a scheme.
    bare = "".join(letter for letter in address if letter > " ").lower()
    return not bare or (bare.startswith(OWN) and not bare.startswith(("//", "/\\")))
