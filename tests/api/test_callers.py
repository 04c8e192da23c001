"""From which address somebody calls: hearsay is not believed."""

import pytest
from pydantic import ValidationError
from starlette.requests import Request

from api.callers import address_of
from api.settings import ServerSettings


def asked(peer, *told):
    headers = [(b"x-forwarded-for", value.encode()) for value in told]
    return Request({"type": "http", "client": (peer, 1234), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "told", "caller"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),  # nobody's proxy: not believed
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),  # what the person wrote before
        ("10.0.0.1", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),  # in a header of its own
        ("10.0.0.1", ["198.51.100.1, 10.0.0.2"], "198.51.100.1"),  # two proxies of ours
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["<script>"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, "], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),  # one home, one caller
        ("10.0.0.1", ["[2001:db8:1:2:ffff::1]:443"], "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("::1", ["198.51.100.1"], "::1"),
        ("testclient", ["198.51.100.1"], "testclient"),
    ],
)
def test_only_a_trusted_proxy_is_believed_and_only_its_own_word(peer, told, caller):
    assert address_of(asked(peer, *told), "10.0.0.0/24") == caller


def test_a_setting_that_is_no_address_stops_the_server():
    with pytest.raises(ValidationError, match="proxy"):
        ServerSettings(trusted_proxies="127.0.0.1, my proxy")
