"""What is posted outside: the head of the chain as a line to copy and as a page with a QR code."""

from __future__ import annotations

import io
from datetime import datetime
from html import escape

import segno

from data.words import Message


def anchor_line(n: int, head: str) -> str:
    """The line that anchors.txt and the verifier read.

    >>> anchor_line(3, "ab")
    '3 ab'
    """
    return f"{n} {head}"


def anchor_page(service: str, n: int, head: str, at: str, about: Message, lang: str) -> bytes:
    """A page to print and post: what it is, number and head in text and as a QR code. Needs no network."""
    code = io.BytesIO()
    segno.make(anchor_line(n, head), error="m", micro=False).save(
        code, kind="svg", scale=6, border=4, xmldecl=False, svgns=True, omitsize=True
    )
    title = Message("Mã băm công bố").say(lang)
    rows = (
        (Message("Cơ quan").say(lang), service), (Message("Nội dung").say(lang), about.say(lang)),
        (Message("Dòng").say(lang), str(n)),
        (Message("Thời điểm").say(lang), f"{datetime.fromisoformat(at):%H:%M %d/%m/%Y}"),
        (Message("Mã băm SHA-256").say(lang), " ".join(head[k : k + 8] for k in range(0, len(head), 8))),
    )  # fmt: skip
    table = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows)
    note = Message(
        "Niêm yết hoặc gửi cơ quan khác trước giờ có số công khai; giữ để đối chiếu về sau."
    ).say(lang)
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{escape(title)}</title><style>'
        "@page{size:A5;margin:15mm}body{font:12pt/1.5 'Times New Roman',serif;max-width:130mm;margin:8mm auto}"
        "h1{font-size:16pt;text-align:center}table{border-collapse:collapse;width:100%}"
        "th,td{border:1px solid #999;padding:2mm;text-align:left;vertical-align:top}th{width:38mm}"
        "td{overflow-wrap:anywhere}svg{display:block;margin:6mm auto;width:45mm;height:45mm}</style>"
        f"<h1>{escape(title)}</h1><table>{table}</table>{code.getvalue().decode()}<p>{escape(note)}</p></html>"
    ).encode()
