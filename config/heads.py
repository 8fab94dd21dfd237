"""What a server calls, in front of the site: a HEAD is answered with the headers of GET and without a body."""

from collections.abc import Callable, Iterable

from config.shield import Application, shielded


def served(site: Application) -> Application:
    """Return the WSGI application as servers get it: shielded, and with no body for a HEAD."""
    return bodiless(shielded(site))


def bodiless(site: Application) -> Application:
    """Return the WSGI application with nothing behind the headers of what answers a HEAD.

    Django makes the body and leaves it to the server to drop it. Waitress sends it, and on a connection that stays open
    the next answer then begins in the middle of a page.
    """

    def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return site(environ, start_response)
        started = []
        body = site(environ, lambda *said: started.extend(said))
        try:
            status, headers = started[:2]
            if not any(name.lower() == "content-length" for name, _ in headers):
                headers = [*headers, ("Content-Length", str(sum(map(len, body))))]
        finally:
            if hasattr(body, "close"):
                body.close()
        start_response(status, headers)
        return []

    return application
