"""Code in posts: highlighted by classes, within bounds.

Pure: no Django, no settings.
"""

import re
from functools import cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import find_lexer_class, get_all_lexers

#: Longer blocks are shown plain: some lexers take their time.
MAX_HIGHLIGHTED_CHARS = 20_000
#: All blocks of a post together.
MAX_HIGHLIGHTED_TOTAL = 100_000
_NOT_IN_CLASS = re.compile(r"[^a-z0-9+#._-]")


def code_block(code: str, info: str, spent: dict) -> str:
    """A block of code as HTML that can be scrolled by keyboard.

    Args:
        code: the code, unescaped.
        info: what the author wrote after the fence; its first word names the language, if any.
        spent: one dict for one rendering; counts the characters highlighted so far.
    """
    words = info.split(maxsplit=1)
    language = _NOT_IN_CLASS.sub("", words[0].lower())[:30] if words else ""
    total = spent.get("highlighted", 0) + len(code)
    lexer_name = _lexers().get(language)
    if lexer_name and len(code) <= MAX_HIGHLIGHTED_CHARS and total <= MAX_HIGHLIGHTED_TOTAL:
        spent["highlighted"] = total
        lexer = find_lexer_class(lexer_name)(stripnl=False)
        inner = highlight(code, lexer, HtmlFormatter(nowrap=True))
    else:
        inner = escape(code)
    name = f' class="language-{language}"' if language else ""
    return f'<pre class="code" tabindex="0"><code{name}>{inner}</code></pre>\n'


@cache
def _lexers() -> dict[str, str]:
    """Pygments' own lexers by alias. Not those of plugins: what runs here is what the requirements name."""
    return {alias: name for name, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}
