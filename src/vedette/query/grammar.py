"""The filter as people write it, and back.

    model = "gpt-4o" and (cost > 0.01 or duration >= 2s) and not tag in (test, "load test")
    attributes."http.status_code" >= 500 error timeout
    model:gpt-4* user exists cost:0.01..0.5 -status:ok "refund policy"

    expression = conjunction {"or" conjunction}
    conjunction = negation {["and"] negation}
    negation = {"not" | "-" | "!"} primary
    primary = "(" expression ")" | field comparison | phrase
    comparison = ("=" | ":" | "!=" | ">" | ">=" | "<" | "<=") value | "~" pattern
               | "in" "(" value {"," value} ")" | "exists"

A value is quoted, or a run without blanks, commas and parentheses. Unquoted, `*` stands for
anything and `a..b` for a range with both ends. What no field comes before is a phrase to search
for. `print_filter` writes what `parse_filter` reads as the same tree.
"""

import difflib
import re
from typing import NoReturn

from vedette.model.expression import (
    And,
    Compare,
    Comparison,
    Exists,
    Expression,
    Field,
    Like,
    Not,
    OneOf,
    Or,
    Value,
)
from vedette.model.fields import FIELDS, KEYED, FieldType
from vedette.query.literals import print_value, quoted, read_value
from vedette.query.parameters import ParameterError

MAX_DEPTH = 24
MAX_CONDITIONS = 200

_BLANK = re.compile(r"\s*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_KEY = re.compile(r"[^\s=:!<>~(),\"]+")
_SIGN = re.compile(r"!=|>=|<=|==|[=:<>~]")
_BARE = re.compile(r"[^\s(),\"]+")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_WORD = re.compile(r"[^\s()\"]+")
_KEYWORD = re.compile(r"(and|or|not|in|exists)(?![A-Za-z0-9_.])", re.IGNORECASE)
_WORDS = {"and": "and", "or": "or", "not": "not", "&&": "and", "||": "or"}


class FilterError(ParameterError):
    """A filter that says nothing we understand; `position` counts characters from 1."""

    code = "invalid_filter"

    def __init__(self, text: str, position: int, expected: str, found: str = "") -> None:
        self.position = position
        where = f"character {position}"
        got = f", not {found!r}" if found else ""
        super().__init__(
            "filter",
            text,
            f"{expected} at {where}",
            message=f"The filter is wrong at {where}: need {expected}{got}.",
        )


def parse_filter(text: str, *, now_ns: int) -> Expression:
    """The tree of a filter; `now_ns` is what `now-15m` counts from. Raises FilterError."""
    return _Parser(text, now_ns).parse()


def print_filter(expression: Expression) -> str:
    """The filter as text; `parse_filter` reads the same tree from it."""
    match expression:
        case And(parts):
            return " and ".join(_inner(part) for part in parts)
        case Or(parts):
            return " or ".join(_inner(part) for part in parts)
        case Not(part):
            return f"not {_inner(part)}"
        case Compare(field, sign, value):
            return f"{_name(field)} {sign} {print_value(field, value)}"
        case Like(field, pattern):
            return f"{_name(field)} ~ {quoted(pattern)}"
        case OneOf(field, values):
            return f"{_name(field)} in ({', '.join(print_value(field, v) for v in values)})"
        case Exists(field):
            return f"{_name(field)} exists"


def _inner(part: Expression) -> str:
    text = print_filter(part)
    return f"({text})" if isinstance(part, And | Or) else text


def _name(field: Field) -> str:
    return f"{field.name}.{quoted(field.key)}" if field.name in KEYED else field.name


class _Parser:
    """Walks over the text once, from left to right."""

    def __init__(self, text: str, now_ns: int) -> None:
        self._text = text
        self._now_ns = now_ns
        self._at = 0
        self._depth = 0
        self._conditions = 0

    def parse(self) -> Expression:
        found = self._either()
        if self._peek():
            self._refuse("the end, `and` or `or`")
        return found

    def _either(self) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(f"at most {MAX_DEPTH} parentheses inside each other")
        parts = [self._all()]
        while self._takes_word("or"):
            parts.append(self._all())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Expression:
        parts = [self._negation()]
        while self._takes_word("and") or self._goes_on():
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _goes_on(self) -> bool:
        ends = self._peek() in ("", ")") or self._text.startswith("||", self._at)
        return not ends and self._word() != "or"

    def _negation(self) -> Expression:
        negations = 0
        while self._takes_word("not") or self._takes_mark():
            negations += 1
            if negations > MAX_DEPTH:
                self._refuse(f"at most {MAX_DEPTH} negations in a row")
        found = self._primary()
        for _ in range(negations):
            found = Not(found)
        return found

    def _takes_mark(self) -> bool:
        """`-` or `!` right before a condition."""
        head = self._peek()
        after = self._text[self._at + 1 : self._at + 2]
        if head not in ("-", "!") or not after or after.isspace():
            return False
        self._at += 1
        return True

    def _primary(self) -> Expression:
        head = self._peek()
        if not head:
            self._refuse("a condition")
        if head == "(":
            self._at += 1
            found = self._either()
            if self._peek() != ")":
                self._refuse("`)`")
            self._at += 1
            return found
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS:
            self._refuse(f"at most {MAX_CONDITIONS} conditions")
        if head == '"':
            start, phrase = self._at, self._string()
            return Compare(Field("text"), "=", self._typed(Field("text"), phrase, True, start))
        return self._condition() or self._phrase()

    def _condition(self) -> Expression | None:
        """A field and what must hold of it; None where no field stands here."""
        start = self._at
        match = _NAME.match(self._text, start)
        if match is None:
            return None
        field, end = self._field(match)
        self._at = end
        self._skip()
        word = self._word()
        known = field is not None
        if known and word == "exists":
            self._at += len("exists")
            return Exists(self._known(field, start))
        if word == "in" and self._text[self._at + 2 :].lstrip().startswith("("):
            self._at += 2
            return self._among(self._known(field, start))
        sign = _SIGN.match(self._text, self._at)
        if sign is None:
            self._at = start
            return None
        known_field = self._known(field, start)
        self._at = sign.end()
        return self._compared(known_field, sign[0])

    def _field(self, match: re.Match[str]) -> tuple[Field | None, int]:
        name, end = match[0].lower(), match.end()
        stem = name.partition(".")[0]
        if stem in KEYED:
            start = match.start() + len(stem)
            if self._text[start : start + 1] != ".":
                return None, end
            quote = _STRING.match(self._text, start + 1)
            if quote is not None:
                return Field(stem, _unescaped(quote[1])), quote.end()
            key = _KEY.match(self._text, start + 1)
            return (Field(stem, key[0]), key.end()) if key else (None, start + 1)
        return (Field(name), end) if name in FIELDS else (None, end)

    def _known(self, field: Field | None, start: int) -> Field:
        if field is not None:
            return field
        match = _NAME.match(self._text, start)
        name = match[0] if match else ""
        self._at = start
        if name.lower() in KEYED:
            self._refuse(f'a key such as {name.lower()}."x.y"')
        near = difflib.get_close_matches(name.lower(), FIELDS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"one of {', '.join(FIELDS)}"
        self._refuse(f"a known field ({hint} Quotes make it a phrase to search for)", name)

    def _compared(self, field: Field, sign: str) -> Expression:
        type_ = FIELDS[field.name]
        start = self._start()
        if sign == "~":
            return Like(field, self._pattern(type_, start))
        is_quoted, raw = self._value()
        if not is_quoted and sign in ("=", ":", "==", "!="):
            found = self._loose(field, raw, start)
        else:
            found = Compare(field, _SIGNS.get(sign, "="), self._typed(field, raw, is_quoted, start))
        if sign in ("<", "<=", ">", ">=") and type_.kind in ("text", "choice", "phrase", "flag"):
            self._at = start
            self._refuse(f"`=`, `~` or `in`: `{field.name}` has no order")
        return Not(found) if sign == "!=" else found

    def _loose(self, field: Field, raw: str, start: int) -> Expression:
        """An unquoted value: perhaps a pattern or a range."""
        type_ = FIELDS[field.name]
        low, dots, high = raw.partition("..")
        if dots and low and high and type_.kind in ("number", "usd", "ms", "time", "any"):
            return And(
                (
                    Compare(field, ">=", self._typed(field, low, False, start)),
                    Compare(field, "<=", self._typed(field, high, False, start + len(low) + 2)),
                )
            )
        if "*" in raw and type_.kind in ("text", "any"):
            return Like(field, raw)
        return Compare(field, "=", self._typed(field, raw, False, start))

    def _pattern(self, type_: FieldType, start: int) -> str:
        if type_.kind not in ("text", "any", "choice"):
            self._refuse("a field of text before `~`")
        is_quoted, raw = self._value()
        return raw if is_quoted or "*" in raw else f"*{raw}*"

    def _among(self, field: Field) -> Expression:
        self._peek()
        self._at += 1
        values: list[Value] = []
        while True:
            start = self._start()
            is_quoted, raw = self._value()
            values.append(self._typed(field, raw, is_quoted, start))
            head = self._peek()
            self._at += 1
            if head == ")":
                return OneOf(field, tuple(values))
            if head != ",":
                self._at -= 1
                self._refuse("`,` or `)`")
            if len(values) >= MAX_CONDITIONS:
                self._refuse(f"at most {MAX_CONDITIONS} values")

    def _typed(self, field: Field, raw: str, is_quoted: bool, start: int) -> Value:
        try:
            return read_value(field, raw, is_quoted=is_quoted, now_ns=self._now_ns)
        except ValueError as error:
            self._at = start
            self._refuse(f"{error} for `{field.name}`", raw)

    def _value(self) -> tuple[bool, str]:
        """Whether it is quoted, and the text of a value."""
        if self._peek() == '"':
            return True, self._string()
        match = _BARE.match(self._text, self._at)
        if match is None:
            self._refuse("a value")
        # As other languages quote: taken as it is, it would be found nowhere.
        if match[0].startswith("'"):
            self._refuse('a value in double quotes, such as "gpt-5"', match[0])
        self._at = match.end()
        return False, match[0]

    def _string(self) -> str:
        match = _STRING.match(self._text, self._at)
        if match is None:
            self._refuse('a closing `"`')
        self._at = match.end()
        return _unescaped(match[1])

    def _phrase(self) -> Expression:
        match = _WORD.match(self._text, self._at)
        if match is None:
            self._refuse("a condition")
        self._at = match.end()
        return Compare(Field("text"), "=", match[0])

    def _word(self) -> str:
        """The keyword that stands here, or an empty string."""
        self._skip()
        match = _KEYWORD.match(self._text, self._at)
        return match[1].lower() if match else ""

    def _takes_word(self, word: str) -> bool:
        self._skip()
        two = self._text[self._at : self._at + 2]
        if _WORDS.get(two) == word and two in ("&&", "||"):
            self._at += 2
            return True
        if self._word() != word or self._is_field_here():
            return False
        self._at += len(word)
        return True

    def _is_field_here(self) -> bool:
        """Whether the keyword is followed by a sign, as in `not = 3`: then it is no keyword."""
        match = _NAME.match(self._text, self._at)
        return bool(match and match[0].lower() in FIELDS)

    def _start(self) -> int:
        self._skip()
        return self._at

    def _peek(self) -> str:
        self._skip()
        return self._text[self._at : self._at + 1]

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _refuse(self, expected: str, found: str = "") -> NoReturn:
        raise FilterError(self._text, self._at + 1, expected, found[:40])


_SIGNS: dict[str, Comparison] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
