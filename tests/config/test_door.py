"""The door refuses what no page takes, before any view or database sees it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.middleware import door, headers

TOO_LARGE = 65_537


def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def answer(method: str = "GET", path: str = "/", **environment: object) -> HttpResponse:
    return door(inside)(RequestFactory().generic(method, path, **environment))


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_the_methods_of_a_browser_pass(method: str) -> None:
    assert answer(method).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "FOO"])
def test_other_methods_are_not_allowed(method: str) -> None:
    refused = answer(method)
    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize("path", ["/a%00b/", "/%00", "/search/?q=%00", "/search/?q=a&r=b%00c"])
def test_a_nul_in_path_or_query_is_refused(path: str) -> None:
    assert answer(path=path).status_code == 400


def test_a_percent_sign_before_two_noughts_is_no_nul() -> None:
    assert answer(path="/search/?q=100%2500").status_code == 200


@pytest.mark.parametrize("name", ["session", "csrf", "anything"])
def test_a_nul_spelled_in_a_quoted_cookie_is_refused(name: str) -> None:
    assert answer(HTTP_COOKIE=f'{name}="abcdefgh\\000ij"').status_code == 400
    assert answer(HTTP_COOKIE=f'{name}="abcdefgh\\101ij"').status_code == 200


@pytest.mark.parametrize("length", [str(TOO_LARGE), "9" * 30, "9" * 5000])
def test_a_comment_request_that_is_too_large_is_refused_before_it_is_read(length: str) -> None:
    refused = answer("POST", "/comments/on/1/", CONTENT_LENGTH=length)
    assert refused.status_code == 413
    assert answer("POST", "/comments/on/1/", CONTENT_LENGTH=str(TOO_LARGE - 1)).status_code == 200
    assert answer("POST", "/admin/", CONTENT_LENGTH=length).status_code == 200


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "\xb2", "１２", "1 2"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    assert answer("POST", "/comments/on/1/", CONTENT_LENGTH=length).status_code == 400


def test_every_answer_carries_the_headers_and_a_view_may_say_otherwise() -> None:
    request = RequestFactory().get("/")
    plain = headers(inside)(request)
    assert plain.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in plain.headers["Permissions-Policy"]
    shared = headers(lambda _: HttpResponse(headers={"Cross-Origin-Resource-Policy": "cross-origin"}))(request)
    assert shared.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
