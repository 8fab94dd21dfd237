"""Some fifty comments of every kind, sent through the real door: what there is to replay."""

import pytest
from django.utils import timezone

from blog.models import User
from comments.models import Comment
from moderation import decisions, installed_filter
from moderation.actors import person
from moderation.models import Rule
from tests import cast
from tests.comments.submissions import LETTER, edit, send

WAVE = (
    "Number {} among our readers swears by the new savings plan of the Silver Swan bank, which has paid out every "
    "month since the spring and never once asked for anything in return; ask for it by name."
)
RULES = (
    ("word", "casino", "hold"),
    ("phrase", "golden goose", "spam"),
    ("domain", "shop.example", "spam"),
    ("address", "known@spam.example", "hold"),
    ("pattern", r"\bwin\w* [0-9]{2,}", "hold"),
    ("pattern", r"pill(s|ow)?\b", "spam"),
)
TEXTS = (
    LETTER,
    "Thanks!",
    "c a s i n o and cаsinо and ca\u200bsino",
    "You winners 1000 win 99 euros, ẁìn 77 too",
    "Buy pills, pillow and PILLS at https://pills.example/buy?x=1",
    "https://shop.example/ www.shop.example/b http://deep.shop.example/c",
    "😀😀😀👍🏽🎉 赌场很好 赌场",
    "[url=https://a.example]x[/url] <a href='https://b.example'>y</a>",
    "SHOUTING ALL THE WAY DOWN THE ROAD TO THE GOLDEN GOOSE",
    "ß ﬃ ㎏ ℅ Ｆｕｌｌ ｗｉｄｔｈ 𝐂𝐚𝐬𝐢𝐧𝐨",
    "e\u0301\u0301\u0301\u0301\u0301\u0301 \u202eabc",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "1. a\n2. b\n\n> quoted\n\n`code`",
)
ODD = (
    "https://shop.example/buy?x=1 and a few words",
    "http://one@two.example/ and a few words",
    '<a href="http://a.example"> and a few words',
    "c.a.s.i.n.o  n o w and a few words",
    "ca\u200bsi\u00adno and a few words",
    "赌场很好 and a few words",
    "हिन्दी में कुछ शब्द",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 and a few words",
    "🏴\U000e0067\U000e0062\U000e007f and a few words",
    "\n\n!!!!\n\n",
    "bit.ly/x t.me/y 127.0.0.1 http://192.0.2.7/z",
    "x" * 3000,
)


def everything(author: User, moderator: User, editor: User, monkeypatch: pytest.MonkeyPatch) -> list[Comment]:
    """Send them; people decide about some in between, rules come and go, and one screening breaks."""
    posts = [cast.post(author, mode=mode) for mode in ("open", "hold_new", "hold_all", "")]
    for kind, text, effect in RULES:
        Rule.objects.create(kind=kind, text=text, effect=effect)
    made = [send(posts[number % 4], text, key=f"text-{number}") for number, text in enumerate(TEXTS)]
    for number in range(8):
        made.append(send(posts[number % 2], WAVE.format(number), key=f"wave-{number}", network=f"1:{number}"))
    _judge(made[:2], "approve", moderator)
    _judge(made[13:15], "spam", moderator)
    Rule.objects.filter(kind="word").update(state="retired")
    for number, (comment, text) in enumerate(zip([made[0], made[1]] * 3, TEXTS[2:8], strict=True)):
        reply = {"parent": comment} if comment.is_published and number % 2 else {}
        target = comment.post if reply else posts[number % 4]
        made.append(send(target, text, key=f"regular-{number}", sender=comment.sender, **reply))
    for number, seconds in enumerate((None, 0.25, 1.75, 2.999, 86_400.0, 3.3333333333333335)):
        made.append(send(posts[0], f"{LETTER} {number}", key=f"timed-{number}", seconds_on_form=seconds))
    made.append(send(posts[0], "A field that nobody sees.", key="trap", honeypot=True))
    for number, text in enumerate(("As the editor, I say: pills.", "As the editor, thank you.")):
        made.append(send(posts[number * 2], text, key=f"staff-{number}", user=editor))
    typed = {"name": "C a s i n o Joe", "email": "Known@Spam.example", "website": "https://deep.shop.example/x"}
    made += [send(posts[0], LETTER, key=f"typed-{key}", typed={key: value}) for key, value in typed.items()]
    made += [send(posts[number % 4], text, key=f"odd-{number}") for number, text in enumerate(ODD)]
    for comment in (made[0], made[12], made[7]):
        comment.refresh_from_db()
        edit(comment, f"{comment.body} Edited, with a word on pills.")
    with monkeypatch.context() as broken:
        broken.setattr(installed_filter.filters, "run", _breaks)
        made.append(send(posts[0], LETTER, key="broken"))
    erased = send(posts[0], f"{LETTER} Please forget me.", key="erased")
    decisions.decide(erased.pk, "erase", seen=erased.version, actor=person(editor), now=timezone.now())
    return [*made, erased]


def _judge(comments: list[Comment], action: str, by: User) -> None:
    for comment in comments:
        comment.refresh_from_db()
        if not (action == "approve" and comment.is_published):
            decisions.decide(comment.pk, action, seen=comment.version, actor=person(by))


def _breaks(evidence: object) -> list:
    raise ArithmeticError("broken for the test")
