"""Hosts on which everybody has a place: there the whole address is a mark, not the host."""

from moderation.filters.links import CHATS, SHORTENERS

_SHARED = """
    amazon.com archive.org baidu.com bing.com bitbucket.org blogspot.com codepen.io codeplex.com codeproject.com
    discord.com docs.google.com drive.google.com dropbox.com ebay.com en.wikipedia.org etsy.com facebook.com flickr.com
    fb.com forms.gle gist.github.com github.com github.io gitlab.com gmail.com google.com goodreads.com imdb.com
    imgur.com instagram.com jsfiddle.net learn.microsoft.com linkedin.com linktr.ee mastodon.social medium.com
    microsoft.com msdn.microsoft.com maps.google.com news.ycombinator.com npmjs.com nuget.org ok.ru pastebin.com
    patreon.com paypal.com pinterest.com play.google.com plus.google.com pypi.org python.org quora.com reddit.com
    sites.google.com skype.com slideshare.net soundcloud.com sourceforge.net spotify.com stackexchange.com
    stackoverflow.com steamcommunity.com substack.com telegra.ph tiktok.com tumblr.com twitch.tv twitter.com
    vimeo.com vk.com w3.org weebly.com weibo.com wikimedia.org wikipedia.org wixsite.com wordpress.com wordpress.org
    x.com yahoo.com yandex.ru yelp.com youtu.be youtube.com zhihu.com
"""
SHARED = frozenset(_SHARED.split()) | SHORTENERS | CHATS
#: Of these each name in front is somebody's own place, so only the bare host is shared.
_PLACES_OF_PEOPLE = {
    "blogspot.com",
    "github.io",
    "substack.com",
    "tumblr.com",
    "weebly.com",
    "wixsite.com",
    "wordpress.com",
}


def is_shared(host: str) -> bool:
    """Whether everybody shares a host, given in small letters without "www."."""
    if host in SHARED:
        return True
    parent = host.partition(".")[2]
    return "." in parent and parent not in _PLACES_OF_PEOPLE and parent in SHARED
