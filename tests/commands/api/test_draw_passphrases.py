"""How a passphrase is asked for at the terminal."""

import typer
from typer.testing import CliRunner

from api.commands.draw_options import asked, asked_anew


def answered(ask, name, *typed):
    """What `ask` gives for a key when a person types these lines; the text shown; "" when it gives up."""
    got = []
    app = typer.Typer()
    app.command()(lambda: got.append(ask(name)))
    found = CliRunner().invoke(app, [], input="".join(f"{line}\n" for line in typed))
    return got[0] if got else "", found.output


GOOD, OTHER = "mười ký tự hơn", "mười ký tự hơm"


def test_a_new_key_s_passphrase_is_typed_twice_and_a_slip_is_asked_again():
    ask = asked_anew(None, ["Sở Nội vụ", "Văn phòng"], "vi")
    got, shown = answered(ask, "custodian-2", GOOD, OTHER, GOOD, GOOD)
    assert got == GOOD
    assert "Hai lần nhập khác nhau" in shown
    assert "custodian-2, Văn phòng" in shown
    assert GOOD not in shown


def test_a_slip_alone_makes_no_key():
    assert answered(asked_anew(None, [], "vi"), "audit", GOOD, OTHER)[0] == ""


def test_a_short_new_passphrase_is_asked_again_and_does_not_end_the_ceremony():
    got, shown = answered(
        asked_anew(None, [], "vi"), "audit", "123456789", "1234567890", "1234567890"
    )
    assert got == "1234567890"
    assert "«audit» quá ngắn" in shown


def test_the_passphrase_of_a_key_that_exists_is_typed_once():
    assert answered(asked(None, "vi"), "audit", "abc")[0] == "abc"


def test_a_file_of_passphrases_is_not_asked_about(tmp_path):
    file = tmp_path / "p.json"
    file.write_text('{"audit": "trong tệp ra"}', encoding="utf-8")
    ask = asked_anew(file, [], "vi")
    assert answered(ask, "audit") == ("trong tệp ra", "")
    assert answered(ask, "releaser", GOOD, GOOD)[0] == GOOD
