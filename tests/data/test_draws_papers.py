"""Anchors to post, key files, shares, drand rounds: each alone."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from data.draws import beacons, keys, recovery
from data.draws.anchors import anchor_line, anchor_page
from data.draws.beacons import BeaconRefused, read_beacon, round_at
from data.draws.keys import KeyRefused, make_key, open_key, read_public
from data.words import Message
from tests.draw_seasons import VIETNAM, refuses

# Round 1000 of drand's quicknet, as the League of Entropy published it.
ROUND = 1000
SIGNATURE = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
RANDOMNESS = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
AT = datetime.fromtimestamp(beacons.GENESIS + beacons.PERIOD * (ROUND - 1), VIETNAM)
EVE = datetime(2027, 3, 4, 18, 35, tzinfo=VIETNAM)


@pytest.mark.parametrize("text", [
    f"{ROUND}:{SIGNATURE}", f" {ROUND}:{SIGNATURE}\n",
    json.dumps({"round": ROUND, "randomness": RANDOMNESS, "signature": SIGNATURE}),
])  # fmt: skip
def test_a_real_drand_round_is_taken_and_its_value_is_the_published_randomness(text):
    assert read_beacon("drand", text, AT, 64) == f"drand {ROUND} {RANDOMNESS}"


@pytest.mark.parametrize("text", [
    f"{ROUND + 1}:{SIGNATURE}", f"{ROUND - 1}:{SIGNATURE}", f"{ROUND}:{SIGNATURE[:-2]}",
    f"{ROUND}:{SIGNATURE[:-1]}8", f"{ROUND}:c0{'00' * 47}", f"{ROUND}:", "", "{}", "[1]", "null", "1000",
])  # fmt: skip
def test_any_other_drand_value_is_refused(text):
    with pytest.raises(BeaconRefused):
        read_beacon("drand", text, AT, 64)


def test_a_true_signature_of_another_round_does_not_serve_this_moment():
    with refuses(BeaconRefused, "không phải vòng của ngày này"):
        read_beacon("drand", f"{ROUND}:{SIGNATURE}", AT + timedelta(seconds=1), 64)


def test_the_round_of_a_moment_is_the_first_at_or_after_it():
    start = datetime.fromtimestamp(beacons.GENESIS, UTC)
    assert [round_at(start + timedelta(seconds=s)) for s in (0, 1, 2, 3, 4)] == [1, 2, 2, 2, 3]


@pytest.mark.parametrize("text", [
    "04/03/2027 28456 91377 04512 66120", "2027-03-04 28456913770451266120",
    "4.3.2027: 28456-91377,04512;66120",
    "  4/3/2027\n28456\n91377\n04512\n66120\n", "０４/０３/２０２７ ２８４５６ 91377 04512 66120",
])  # fmt: skip
def test_a_lottery_value_may_be_typed_in_any_way_that_means_the_same(text):
    assert read_beacon("lottery", text, EVE, 20) == "lottery 2027-03-04 28456913770451266120"


@pytest.mark.parametrize("text", [
    "03/04/2027 28456 91377 04512 66120", "31/02/2027 28456 91377 04512 66120", "28456 91377 04512 66120",
    "04/03/2027", "04/03/2027 28456 91377 04512 6612O", "04/03/27 28456 91377 04512 66120",
    "04/03/2027 -28456 91377 04512 661201", "٠٤/٠٣/٢٠٢٧ 28456 91377 04512 66120",
])  # fmt: skip
def test_a_lottery_value_that_means_something_else_is_refused(text):
    with pytest.raises(BeaconRefused):
        read_beacon("lottery", text, EVE, 20)


def test_dice_show_one_to_six():
    good = "04/03/2027 " + "123456" * 4 + "1"
    assert read_beacon("dice", good, EVE, 25).endswith("1")
    for wrong in "0789":
        with refuses(BeaconRefused, "từ 1 đến 6"):
            read_beacon("dice", good[:-1] + wrong, EVE, 25)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_to_post_shows_head_and_a_whole_code_and_needs_no_network(lang):
    head = "ab12" * 16
    page = anchor_page("Sở <Nội> vụ", 7, head, EVE.isoformat(), Message("Dòng"), lang).decode()
    assert "Sở &lt;Nội&gt; vụ" in page
    assert " ".join(head[k : k + 8] for k in range(0, 64, 8)) in page
    assert "18:35 04/03/2027" in page
    svg = re.search(r"<svg[^>]*>", page)[0]
    assert "viewBox" in svg  # without it a page's own width would cut the code
    assert "width" not in svg
    assert not re.search(r"(?:src|href)=", page)
    assert anchor_line(7, head) == f"7 {head}"


def test_a_key_file_opens_with_its_passphrase_only_and_shows_its_public_part():
    content, key = make_key("custodian", "Bà An", "một mật khẩu dài", cost=2)
    assert open_key(content, "một mật khẩu dài").public == key.public == read_public(content)
    assert key.master.hex() not in content.decode() + repr(key)
    with refuses(KeyRefused, "không đúng"):
        open_key(content, "một mật khẩu dàj")


@pytest.mark.parametrize("field", ["role", "name", "seal", "sign", "cost", "salt", "nonce", "box"])
def test_a_key_file_with_anything_changed_does_not_open(field):
    content, _ = make_key("custodian", "Bà An", "một mật khẩu dài", cost=2)
    parts = json.loads(content)
    other = json.loads(make_key("custodian", "Ông Bình", "một mật khẩu dài", cost=4)[0])
    changed = {**parts, field: "audit" if field == "role" else other[field]}
    with pytest.raises(KeyRefused):
        open_key(json.dumps(changed).encode(), "một mật khẩu dài")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format":"congvu-key-1"}'])
def test_what_is_no_key_file_is_named_so(content):
    with refuses(KeyRefused, "không phải tệp khóa"):
        open_key(content, "một mật khẩu dài")


def test_any_two_of_three_shares_open_a_deposit_and_one_tells_nothing():
    _, key = make_key("custodian", "Bà An", "một mật khẩu dài", cost=2)
    code, shares = recovery.split_passphrase(2, 3)
    deposit = key.rewrapped(code, cost=2)
    for pair in (shares[:2], shares[1:], shares[::2]):
        found = open_key(deposit, recovery.joined_passphrase(pair))
        assert found.master == key.master
        assert found.sign is None
    assert all(code not in share for share in shares)
    for few in ([], shares[:1], shares[:1] * 2):
        with refuses(KeyRefused, "mảnh khác nhau"):
            recovery.joined_passphrase(few)


def test_signatures_are_checked_by_plain_arithmetic_as_by_the_library():
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    from data.draws.verify_record import signed

    _, key = make_key("custodian", "Bà An", "một mật khẩu dài", cost=2)
    signature = key.signature(b"line")
    key.sign.public_key().verify(
        bytes.fromhex(signature), b"line", padding.PKCS1v15(), hashes.SHA256()
    )
    assert signed(key.public.sign, b"line", signature)
    assert not signed(key.public.sign, b"lime", signature)
    other = key.sign.sign(b"line", padding.PKCS1v15(), hashes.SHA512()).hex()
    assert not signed(key.public.sign, b"line", other)
    assert key.sign.key_size == keys.SIGNING
