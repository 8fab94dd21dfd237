"""The oracle for cleaned HTML: read it as a browser does, and find everything that is not on a list."""

from urllib.parse import urlsplit

from bleach._vendor import html5lib

NEVER = ("javascript:", "data:", "vbscript:")


def read(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every element of a fragment with its attributes, as an HTML5 parser builds them."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    elements = []
    for element in tree.iter():
        if element is tree:
            continue
        # Comments have a function for a tag.
        name = element.tag if isinstance(element.tag, str) else "#comment"
        elements.append((name, {str(key): value for key, value in element.attrib.items()}))
    return elements


def breaches(html: str, allowed: dict[str, set[str]], schemes: set[str]) -> list[str]:
    """What in the HTML is not allowed.

    Args:
        html: a cleaned fragment.
        allowed: attributes that each permitted element may have.
        schemes: schemes of addresses; the empty one means an address within the site.
    """
    found = []
    for name, attributes in read(html):
        if name not in allowed:
            found.append(f"<{name}>")
            continue
        for attribute, value in attributes.items():
            if attribute not in allowed[name]:
                found.append(f"<{name} {attribute}>")
            elif attribute in ("href", "src") and not _leads_well(value, schemes):
                found.append(f"<{name} {attribute}={value!r}>")
    return found


def _leads_well(address: str, schemes: set[str]) -> bool:
    # Browsers drop these before they look for a scheme.
    bare = "".join(c for c in address if c > " ").lower()
    if bare.startswith(NEVER) or bare.startswith(("//", "/\\", "\\")) or "\\" in bare:
        return False
    return urlsplit(bare).scheme in schemes
