"""What a text is about, by its words: for comparing an answer with its question and its sources."""

import re
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE: Final = re.compile(r"[^.!?。！？\n]+(?:[.!?](?=\S)[^.!?。！？\n]*)*[.!?。！？]*")
_STEM: Final = 6
_SHORT: Final = 2
_COMMON: Final = frozenset(
    # English, German, French, Spanish, Italian, Portuguese: words that any text has.
    """a about after all also am an and any are as at be because been before being both but by can
    could did do does doing each few for from further had has have having he her here him his how i
    if in into is it its just like list make many may me might more most much must my name no not
    now of on once one only or other our out over own please same say she should show since so some
    such tell than that the their them then there these they this those through to too under until
    up us very was we were what when where which while who whom whose why will with would write you
    your give explain describe many
    aber als am an auch auf aus bei bin bis da das dass dem den der des die doch du durch ein eine
    einem einen einer er es für habe haben hat hier ich ihr im in ist ja kann mein mich mir mit nach
    nicht noch nur ob oder sein sich sie sind so und uns von vor war warum was wer werden wie wir
    wird zu zum zur
    au aux avec ce ces dans de des du elle en est et eux il je la le les leur lui ma mais mes moi
    mon ne nos notre nous on ou par pas pour qu que qui sa se ses son sur ta te tu un une vos votre
    vous
    con como cual cuando del desde donde el ella ellos entre era es esta este esto fue ha hay las lo
    los más muy nos para pero por porque quien se ser si sin sobre son su sus también todo una uno y
    ya yo
    che chi ci cosa dal della di dove e gli ho io lei lui mi nel non per più quale questo sono ti
    tra un una uno vi
    ao aos às até com da das dos ela ele em entre está foi isso isto já mas mesmo muito na nas não
    nem no nos num o os ou para pela pelo qual quando que quem são se sem seu sua também tem um uma
    """.split()
)


def words(text: str) -> Iterator[str]:
    """The words that say what a text is about: without the common ones, by their beginnings.
    Numbers as they are."""
    for match in _WORD.finditer(text.lower()):
        word = match[0]
        if word[0].isdigit():
            yield word.replace(",", "")
        elif len(word) > _SHORT and word not in _COMMON:
            yield word[:_STEM]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences, near enough: `3.5` and `e.g.x` end none, a line does."""
    for match in _SENTENCE.finditer(text):
        if match[0].strip():
            yield match.span()
