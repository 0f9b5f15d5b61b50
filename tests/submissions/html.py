"""A strict reader of the little markup that messengers take."""

import re

TAGS = re.compile(r"<(/?)([a-z]+)>|&(?:lt|gt|amp|quot);|[^<>&]+", re.DOTALL)


def visible(markup: str) -> str:
    """The letters that a person sees. Raises AssertionError where a messenger would refuse the markup."""
    open_tags: list[str] = []
    position, shown = 0, []
    while position < len(markup):
        match = TAGS.match(markup, position)
        assert match, f"unparsable at {markup[position : position + 40]!r}"
        position = match.end()
        if match[2] is None:
            shown.append(match[0] if not match[0].startswith("&") else "?")
        elif match[1]:
            assert open_tags, markup
            assert open_tags.pop() == match[2], markup
        else:
            assert match[2] in {"b", "i", "u", "s", "code", "a", "blockquote"}, match[2]
            open_tags.append(match[2])
    assert not open_tags, markup
    return "".join(shown)
