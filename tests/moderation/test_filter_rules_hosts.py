"""Rules about domains and addresses."""

import pytest

from .facts import found, words


def domain_hits(rule, **facts):
    return "rule_hold" in found(rules=words(rule, kind="domain"), **facts)


@pytest.mark.parametrize(
    "rule",
    ["bad.example", "BAD.example.", "*.bad.example", ".bad.example", "https://bad.example/x", "@bad.example"],
)
@pytest.mark.parametrize(
    "facts",
    [
        {"body": "see https://bad.example/page now"},
        {"body": "see http://www.shop.BAD.example:8080/ now"},
        {"body": "see http://honest.example@bad.example/ now"},
        {"website": "https://bad.example/"},
        {"website": "sub.bad.example"},
        {"email": "someone@mx.bad.example"},
    ],
)
def test_a_domain_is_found_in_every_place_and_with_its_subdomains(rule, facts):
    assert domain_hits(rule, **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"body": "see https://notbad.example/ now"},
        {"body": "see https://bad.example.org.example/ now"},
        {"body": "see https://honest.example/bad.example now"},
        {"email": "bad.example@honest.example"},
        {"email": "bad.example"},
    ],
)
def test_a_domain_is_not_found_in_other_hosts(facts):
    assert not domain_hits("bad.example", **facts)


def test_a_domain_in_its_own_letters_and_in_ascii_is_one():
    assert domain_hits("bücher.example", body="see http://xn--bcher-kva.example/ now")
    assert domain_hits("xn--bcher-kva.example", body="see http://bücher.example/ now")


def test_the_link_is_cited():
    body = "see https://bad.example/page now"
    (span,) = found(body=body, rules=words("bad.example", kind="domain"))["rule_hold"].spans
    assert body[span.start : span.end] == "https://bad.example/page"


def test_an_address_is_found_whatever_its_case():
    rules = words("Seller@Mail.example", kind="address")
    assert "rule_hold" in found(email=" seller@mail.EXAMPLE ", rules=rules)
    assert "rule_hold" not in found(email="reseller@mail.example", rules=rules)
    assert "rule_hold" not in found(email="", rules=words("", kind="address"))
