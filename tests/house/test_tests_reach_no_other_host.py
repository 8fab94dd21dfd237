"""The suite proves that the product calls no third party: a test that tries fails."""

import socket
import urllib.request

import pytest


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_a_connection_to_another_machine_is_refused(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as outward, pytest.raises(RuntimeError, match="A test tried to use socket"):
        outward.settimeout(1)
        outward.connect((address, 80))


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(TimeoutError):
            urllib.request.urlopen(address, timeout=0.05)
