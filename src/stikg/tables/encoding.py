"""Tells what bytes that are not UTF-8 probably are, and how to make them UTF-8."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final, NamedTuple

from stikg.errors import Message

SAMPLE: Final = 1 << 20
"""Bytes around the first wrong one that the guess looks at: enough for any statistics of kana."""

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32LE"),
    (codecs.BOM_UTF32_BE, "UTF-32BE"),
    (codecs.BOM_UTF16_LE, "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "UTF-16BE"),
)


class Damage(NamedTuple):
    """Where bytes stop being UTF-8, and the encoding they probably are in (None: damaged UTF-8)."""

    offset: int
    guess: str | None

    @property
    def reason(self) -> Message:
        """Say what the bytes look like."""
        if self.guess is None:
            return Message(
                "the rest looks like UTF-8 with damaged bytes", "壊れたバイトを含むUTF-8と思われます"
            )
        return Message(f"this looks like {self.guess}", f"{self.guess}と思われます")

    def remedy(self, path: str) -> Message:
        """Say how to make the file UTF-8."""
        if self.guess is None:
            return Message(
                "write the damaged characters again and save as UTF-8",
                "壊れた文字を入力し直し、UTF-8で保存してください",
            )
        command = f"iconv -f {self.guess} -t UTF-8 {path} > new.csv"
        return Message(
            f"save it as “CSV UTF-8” in the spreadsheet, or run `{command}`",
            f"表計算ソフトで「CSV UTF-8」として保存するか、`{command}` を実行してください",
        )


def find_damage(path: Path) -> Damage | None:
    """Read a file for the first byte that is not UTF-8 text; None when there is none.

    UTF-16 without a mark is valid UTF-8 as long as its text is ASCII; its NUL bytes give it away.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset = 0
    with path.open("rb") as file:
        head = file.read(SAMPLE)
        known = _known(head)
        if known:
            return known
        block = head
        while True:
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                at = offset - pending + error.start
                return Damage(at, _guess(path, at))
            if not block:
                return None
            offset += len(block)
            block = file.read(SAMPLE)


def _known(head: bytes) -> Damage | None:
    """Recognise encodings by their mark, their NUL bytes or their escapes."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Damage(0, name)
    if b"\x1b$" in head or b"\x1b(J" in head:
        return Damage(head.index(b"\x1b"), "ISO-2022-JP")
    zeros = head[0:2000:2].count(0), head[1:2000:2].count(0)
    if sum(zeros) * 5 > len(head[:2000]):
        return Damage(head.index(0), "UTF-16LE" if zeros[1] > zeros[0] else "UTF-16BE")
    return None


def _guess(path: Path, offset: int) -> str | None:
    """Choose between the Japanese encodings and damaged UTF-8 by which reads most like Japanese."""
    with path.open("rb") as file:
        sample = file.read(offset + SAMPLE)[-2 * SAMPLE :]
    if _japanese(sample.decode("utf-8", "ignore")) > len(sample) // 20:
        return None
    scores = {name: _score(sample, codec) for name, codec in (("CP932", "cp932"), ("EUC-JP", "euc_jp"))}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0 else None


def _score(sample: bytes, codec: str) -> int:
    """Count kana and kanji, less what a wrong codec makes: half-width kana and replacements."""
    text = sample.decode(codec, "replace")
    strange = sum(1 for sign in text if "\uff61" <= sign <= "\uff9f" or sign == "\ufffd")
    return _japanese(text) - 3 * strange


def _japanese(text: str) -> int:
    return sum(1 for sign in text if "\u3040" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff")
