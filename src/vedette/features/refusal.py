"""Whether an answer refuses, and whether it speaks of itself as a model."""

import re

_LOOKED_AT = 400

_CANNOT = (
    r"(?:can(?:no|')?t|can not|could not|couldn't|won't|will not|am unable to|'m unable to"
    r"|am not able to|'m not able to|am not comfortable|'m not comfortable|must decline"
    r"|have to decline|refuse to|do not feel comfortable|don't feel comfortable)"
)
_DEEDS = (
    r"(?:assist|help|provide|fulfil|answer|comply|support|create|write|generate|give|offer|do that"
    r"|engage|discuss|share|respond|participate|continue|make|produce|endorse|promote|say|tell"
    r"|complete|explain|condone|process|with)"
)
_REFUSAL = re.compile(
    rf"\b(?:i|we)(?: am sorry,? but i| apologi[sz]e,? but i)? ?(?:really |simply |just )?{_CANNOT}"
    rf"\b[^.!?\n]{{0,60}}?\b{_DEEDS}"
    r"|\b(?:i'm|i am|we're|we are) sorry,? (?:but )?(?:as an ai|i (?:can|do not|don't|will|won't))"
    r"|^sorry,? (?:but )?i (?:can|won't|will not)"
    r"|\b(?:against|violates?) (?:my|our|ethical|the) [^.\n]{0,40}"
    r"(?:programming|guidelines|polic|principles|values|standards)"
    r"|\b(?:it is|it's|it would be) (?:not appropriate|inappropriate|unethical|not ethical)"
    r"|\bas an ai\b[\w ]{0,40},? i (?:can(?:no|')t|cannot|do not|don't|am not|must)"
    r"|\bi (?:do not|don't) (?:have|hold) (?:any )?(?:personal )?(?:opinion|belief|feeling|view)"
    r"|\bich kann (?:dir|ihnen|dabei|das|diese|bei)?[^.\n]{0,60}\bnicht\b|\bes tut mir leid,? aber"
    r"|\bje (?:ne peux pas|suis désolée?,? mais)|\blo siento,? pero|\bno puedo (?:ayudar|cumplir)"
    r"|\bmi dispiace,? ma|\bnon posso (?:aiutar|fornir)|\b(?:desculpe|lamento),? mas"
    r"|\bnão posso (?:ajudar|fornecer)"
    r"|(?:抱歉|对不起|對不起)[,，]?.{0,12}(?:不能|无法|無法)|申し訳.{0,20}(?:できません|できかねます)"
    r"|죄송.{0,20}(?:수 없|어렵)"
)
_SELF = re.compile(
    r"\bas an? (?:ai|artificial intelligence|language model|large language)|\bi(?:'m| am) an? "
    r"(?:ai|language model|large language)|\bmy (?:training|knowledge cut|programming|purpose is)"
)
_APOLOGY = re.compile(r"\b(?:sorry|apologi[sz]e|regret)\b")
_SELF_HINTS = ("as a", "i'm a", "i am a", "my ")
_APOLOGIES = ("sorry", "apologi", "regret")
_HINTS = (
    "sorry", "can't", "cannot", "cant", "can not", "could not", "couldn't", "won't", "will not",
    "unable", "not able", "comfortable", "decline", "refuse", "against", "violate", "appropriate",
    "ethical", "as an ai", "i do not", "i don't", "nicht", "leid,", "leid aber",
    "peux pas", "désol", "siento", "puedo", "dispiace", "posso", "desculpe", "lamento",
    "抱歉", "对不起", "對不起", "申し訳", "죄송",
)  # fmt: skip
"""One of these is in every refusal that the pattern finds: asking for them first is cheap."""


def plain_start(text: str) -> str:
    """The start of a text in lower case with plain apostrophes, as the patterns expect it."""
    return text[:_LOOKED_AT].replace("’", "'").lower().strip()


def is_refusal(start: str) -> bool:
    """Whether this start (from `plain_start`) declines what was asked."""
    return any(map(start.__contains__, _HINTS)) and _REFUSAL.search(start) is not None


def speaks_of_itself(start: str) -> bool:
    """Whether the answer says that a model gives it."""
    return any(hint in start for hint in _SELF_HINTS) and _SELF.search(start) is not None


def apologizes(start: str) -> bool:
    return any(hint in start for hint in _APOLOGIES) and _APOLOGY.search(start) is not None
