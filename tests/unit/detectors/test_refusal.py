"""Refusals are told from answers."""

import pytest

from tests.support.subjects import look
from vedette.detectors.refusal import create

REFUSAL = create({})


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, but I can't help with that.",
        "I cannot assist with this request.",
        "Unfortunately, I am unable to provide that information.",
        "Sorry, I won't do that.",
        "As an AI language model, I do not have opinions on this.",
        "I can’t help with that.",
        "Es tut mir leid, aber dabei kann ich nicht helfen.",
        "Leider kann ich Ihnen dabei nicht helfen.",
        "Ich kann diese Anfrage nicht beantworten.",
        "Je ne peux pas vous aider avec cette demande.",
        "No puedo proporcionar esa información.",
        "Não posso ajudar com isso.",
        "Non posso aiutarti con questa richiesta.",
        "Daar kan ik je niet mee helpen.",
        "Я не могу помочь с этим запросом.",
        "我无法提供这方面的帮助。",
        "そのご質問にはお答えできません。",
        "I can't recommend specific medication.",
    ],
)
def test_refusals_are_found(text: str) -> None:
    assert look(REFUSAL, text, "output").score >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Sure, here is how to bake bread.",
        "The committee could not agree, so the request was denied.",
        "I can help you with that.",
        "I cannot recommend this film enough!",
        "Ich kann Ihnen gern helfen; nicht vergessen: morgen ist Sonntag.",
        "Les moteurs ne peuvent pas tourner sans huile.",
        "El motor no puede funcionar sin aceite.",
        "You can't divide by zero." + " x" * 300 + " I'm sorry, but I can't help with that.",
    ],
)
def test_answers_are_not(text: str) -> None:
    assert look(REFUSAL, text, "output").score < 0.5
