import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from blog import views


def test_the_500_page_needs_neither_request_nor_database() -> None:
    assert "Something broke on our side" in render_to_string("500.html")


def test_a_broken_view_answers_with_it(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("word-of-the-trace")

    monkeypatch.setattr(views, "front_posts", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    assert "word-of-the-trace" not in answer.content.decode()


@pytest.mark.parametrize("code", ["400", "403", "404", "413", "429"])
def test_the_others_are_pages_of_the_site(code: str, db: None) -> None:
    page = render_to_string(f"{code}.html", request=RequestFactory().get("/"))
    assert "<h1>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
