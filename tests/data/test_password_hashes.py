"""Passwords as hashes: the same work for everybody, a few at a time."""

import threading
import unicodedata

from argon2 import PasswordHasher

from data.passwords import Passwords, PasswordsBusy

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_a_password_fits_however_the_keyboard_writes_its_letters():
    passwords = Passwords(CHEAP)
    kept = passwords.hash(unicodedata.normalize("NFC", "tiếng Việt dễ thương"))
    assert passwords.fits(kept, unicodedata.normalize("NFD", "tiếng Việt dễ thương"))
    assert not passwords.fits(kept, "tieng Viet de thuong")


def test_somebody_unknown_costs_a_hashing_of_the_same_size():
    verified = []

    class Watched(PasswordHasher):
        def verify(self, kept, password):
            verified.append(kept)
            return super().verify(kept, password)

    passwords = Passwords(Watched(time_cost=2, memory_cost=16, parallelism=1))
    known = passwords.hash("ba con gà trống")
    assert not passwords.fits(None, "ba con gà trống")
    assert not passwords.fits(known, "ba con gà mái")
    work = [kept.split("$")[1:4] for kept in verified]
    assert work[0] == work[1] == ["argon2id", "v=19", "m=16,t=2,p=1"]
    sizes = [[len(part) for part in kept.split("$")] for kept in verified]
    assert sizes[0] == sizes[1]


def test_a_broken_hash_lets_nobody_in():
    assert not Passwords(CHEAP).fits("$argon2id$v=19$nonsense", "ba con gà trống")


def test_a_hash_made_with_less_work_is_old():
    kept = Passwords(CHEAP).hash("ba con gà trống")
    assert not Passwords(CHEAP).is_old(kept)
    assert Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)).is_old(kept)


def test_no_more_hash_at_once_than_allowed_and_who_comes_too_late_is_told():
    inside, most, lock, go = 0, 0, threading.Lock(), threading.Event()

    class Slow(PasswordHasher):
        def hash(self, password, **more):
            nonlocal inside, most
            with lock:
                inside += 1
                most = max(most, inside)
            go.wait(10)
            with lock:
                inside -= 1
            return "done"

    passwords, told = Passwords(Slow(), at_once=2, waiting=3), []

    def ask():
        try:
            told.append(passwords.hash("x"))
        except PasswordsBusy:
            told.append("busy")
            if told.count("busy") == 4:
                go.set()

    threads = [threading.Thread(target=ask) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(told) == ["busy"] * 4 + ["done"] * 5
    assert most == 2
    assert passwords.hash("x") == "done"  # everybody has left
