"""Plausible English of an exact number of words."""

from typing import Final

from vedette.sim.chance import Draws

OPENING: Final = "Simulated answer:"

TOPICS: Final[dict[str, tuple[str, ...]]] = {
    "travel trip flight hotel weather city train visit": (
        "the morning train is usually the calmest way to get there.",
        "Book the room near the station if you arrive after nine.",
        "Rain is likely on the second day, so keep the museum for then.",
        "The old town is best seen on foot, and most of it is closed to cars.",
        "Leave an hour between the two connections, because the platforms are far apart.",
        "A day ticket pays for itself after the third ride.",
        "The market opens at seven and the good bread is gone by ten.",
        "Ask for a window on the left side if you want to see the lake.",
    ),
    "code python function bug error test sql api class deploy script": (
        "the function returns early because the list is empty on the first call.",
        "Move the check in front of the loop and the second query disappears.",
        "A small test that fails today is worth more than a long explanation.",
        "The exception is raised in the worker, so the caller never sees it.",
        "Name the variable after what it holds, not after where it came from.",
        "An index on the two columns together turns the scan into a lookup.",
        "Keep the connection open between calls and most of the delay is gone.",
        "If the retry is not idempotent, the order will be written twice.",
    ),
    "order invoice refund customer account payment subscription ticket bill": (
        "your order left the warehouse this morning and should arrive on Thursday.",
        "The refund was approved and will show on the card within five days.",
        "I have added a note to the account so that nobody asks you again.",
        "The invoice lists the old address, and I can send a corrected copy.",
        "You can change the plan at any time; the difference is charged by the day.",
        "Please check that the number on the parcel ends with the same digits.",
        "The second payment was a reservation and was never collected.",
        "If it happens again, reply to this message and a person will call you.",
    ),
    "health sleep food recipe cook diet doctor exercise": (
        "let the onions take their time, because that is where the taste comes from.",
        "A short walk after dinner does more than most people expect.",
        "Salt the water first and the pasta will not need it later.",
        "Half the sugar is enough when the fruit is ripe.",
        "Regular hours matter more for sleep than the number of pillows.",
        "Warm the plates while the sauce rests for five minutes.",
        "Ask a doctor when the pain stays for more than a week.",
        "Leftovers keep for two days in the refrigerator and longer when frozen.",
    ),
    "": (
        "there are three things to consider, and the first one is usually forgotten.",
        "The short version is that both are right, but about different questions.",
        "Start with the smallest step that you could undo tomorrow.",
        "The figures for last year point the other way, so the cause lies elsewhere.",
        "It helps to write down what would change your mind before you look.",
        "Most of the effort goes into the last tenth, as so often.",
        "Two of the sources agree, and the third was written before the change.",
        "In short, wait for the second measurement and decide then.",
        "That depends on how many people use it at the same time.",
        "A simple list on paper would have found this a month earlier.",
    ),
}


def write(prompt: str, count: int, draws: Draws) -> list[str]:
    """`count` words on the prompt's topic; a space stands before all but the first.

    Joined they are the text. It ends where the count ends, be it within a sentence.
    """
    sentences = topic_of(prompt)
    last = draws.below(len(sentences))
    words = _spaced(f"{OPENING} {sentences[last]}")
    while len(words) < count:
        # Any but the last one: no sentence follows itself.
        last = (last + 1 + draws.below(len(sentences) - 1)) % len(sentences)
        sentence = sentences[last]
        words += _spaced(sentence[0].upper() + sentence[1:])
    words[0] = words[0][1:]
    return words[:count]


def topic_of(prompt: str) -> tuple[str, ...]:
    """The sentences whose key words occur most in (the last 2,000 characters of) the prompt."""
    asked = set(prompt[-2000:].lower().replace("?", " ").replace(".", " ").split())
    best = max(TOPICS, key=lambda topic: (len(asked.intersection(topic.split())), topic == ""))
    return TOPICS[best]


def _spaced(sentence: str) -> list[str]:
    return [f" {word}" for word in sentence.split()]
