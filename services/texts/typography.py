"""One place for the typography of texts."""

import re

NO_BREAK = "\u00a0"
RULES = (
    (re.compile(r"№ +(?=[\d{])"), f"№{NO_BREAK}"),
    (re.compile(r"(?<=\bстр\.) (?=[\d{])"), NO_BREAK),
    (re.compile(r" — "), f"{NO_BREAK}— "),
    (
        re.compile(r"(?<=[\d}]) (?=(?:%|мм|МБ|ГБ|КБ|[кКМ]бит/с|г/м²|dpi|с|мин|ч|px|MB|GB|KB|mm)\b|%)"),
        NO_BREAK,
    ),
)


def typeset(text: str) -> str:
    """No-break spaces after № and стр., before a dash and before units, so that a narrow window never parts them."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text
