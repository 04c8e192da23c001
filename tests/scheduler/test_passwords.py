"""Which passwords are good enough, at the edges."""

import unicodedata

import pytest

from scheduler.passwords import COMMON, faults_of_password


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("gà trống 7x", True),
        ("gà trống x", True),  # ten
        ("gà trốngx", False),  # nine
        (unicodedata.normalize("NFD", "gà trốngx"), False),  # nine, written with more signs
        ("Mật-khẩu 2026!", False),
        ("P@ssword123", False),
        ("Nguyễn Lan Anh 1990", False),
        ("lan.anh-2027", False),
        ("lan.anh đi chợ", True),
        ("aaaaaaaaaaaa", False),
        ("matmatmatmat", False),
        ("đi chơi đi chơi", False),
        ("1234567890", False),
        ("0987654321", False),
        ("qwertyuiop", False),
        ("9021948573", True),
    ],
)
def test_a_password_is_long_not_a_name_and_not_common(password, good):
    assert (faults_of_password(password, "lan.anh", "Nguyễn Lan Anh") == []) == good


@pytest.mark.parametrize(("length", "good"), [(200, True), (201, False)])
def test_a_password_has_at_most_two_hundred_signs(length, good):
    counting = " ".join(map(str, range(100)))[:length]
    assert (faults_of_password(counting, "lan.anh") == []) == good


def test_everything_that_is_wrong_is_said_at_once():
    assert len(faults_of_password("matkhau", "lan.anh")) == 2


def test_no_kind_of_letters_is_asked_for():
    assert faults_of_password("conmeotreocaycau", "lan.anh") == []


def test_common_words_are_written_as_they_are_compared():
    assert all(word.isascii() and word.isalpha() and word.islower() for word in COMMON)
