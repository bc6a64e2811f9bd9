"""Bytes as text: strict UTF-8, the declared charset, or a guess that says so."""

from __future__ import annotations

import pytest

from claims.services.decoding import decode, read_text
from claims.services.refusals import Refused

RUSSIAN = "Президент России и президент США провели телефонный разговор в среду, обсудив положение на Украине. "
CHINESE = "俄罗斯总统普京与美国总统特朗普星期三通了电话，双方讨论了乌克兰局势和伊朗核问题。"
FRENCH = "Le président a reçu « son homologue » à l’Élysée. Ils ont évoqué la situation à l’étranger. "


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (FRENCH, "cp1252"),
        ("The president’s “frank” talk – he said – was good. The leaders agreed to reopen the port.", "cp1252"),
        ("El señor Peña habló mañana por la mañana con el presidente de España.", "cp1252"),
        ("Der Kanzler führte ein Gespräch über die Lage; große Übereinstimmung, müßig zu sagen.", "cp1252"),
        ("Prezydent Polski podkreślił, że bezpieczeństwo jest najważniejsze, i życzył powodzenia.", "cp1250"),
        ("Cumhurbaşkanı ile görüşmede iki ülke arasındaki ilişkiler ve gelişmeler ele alındı.", "cp1254"),
        (RUSSIAN * 2, "cp1251"),
        (RUSSIAN * 2, "koi8_r"),
        ("Ο πρωθυπουργός συναντήθηκε με τον πρόεδρο και συζήτησαν την κατάσταση στην περιοχή.", "cp1253"),
        ("أجرى الرئيس الروسي والرئيس الأمريكي محادثة هاتفية يوم الأربعاء وناقشا الوضع في أوكرانيا.", "cp1256"),
        (CHINESE * 3, "gb18030"),
        ("ロシアのプーチン大統領とアメリカのトランプ大統領は水曜日に電話会談を行った。" * 3, "shift_jis"),
        ("러시아의 푸틴 대통령과 미국의 트럼프 대통령은 수요일에 전화 통화를 했다." * 3, "euc_kr"),
    ],
)
def test_an_undeclared_charset_is_guessed_and_that_is_said(text: str, charset: str) -> None:
    found = read_text(text.encode(charset))
    assert (found.text, found.guessed) == (text, True)
    assert "does not say in which charset" in found.notice


@pytest.mark.parametrize(("text", "charset"), [(RUSSIAN, "koi8_r"), (CHINESE, "big5hkscs"), (FRENCH, "cp1252")])
def test_a_declared_charset_is_taken_at_its_word(text: str, charset: str) -> None:
    kept = text.encode(charset, "ignore").decode(charset)
    found = read_text(kept.encode(charset), declared=charset)
    assert (found.text, found.guessed, found.notice) == (kept, False, "")


def test_what_is_utf_8_is_that_whatever_is_declared() -> None:
    assert read_text(RUSSIAN.encode(), declared="koi8-r").text == RUSSIAN


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 99, bytes(range(256)) * 4])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="not text"):
        decode(data)
