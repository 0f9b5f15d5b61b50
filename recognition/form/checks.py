"""Check codes that forms use: each turns the text before the code into the code."""

import string
import zlib
from binascii import crc_hqx
from collections.abc import Callable

Check = Callable[[str], str]
_BASE36 = string.digits + string.ascii_uppercase


def _base36(number: int, width: int) -> str:
    """The last `width` digits of the number written to base 36."""
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = _BASE36[digit] + digits
    return digits


def _crc16_modbus(data: bytes) -> int:
    """CRC-16/MODBUS: polynomial 0x8005 reflected, from 0xFFFF."""
    rest = 0xFFFF
    for byte in data:
        rest ^= byte
        for _ in range(8):
            rest = rest >> 1 ^ (0xA001 if rest & 1 else 0)
    return rest


def _value(text: str) -> int:
    """Digits as they are, letters as two digits from A = 10, as in IBAN (ISO 13616); other characters are left out."""
    return int("".join(str(int(letter, 36)) for letter in text if letter.isascii() and letter.isalnum()) or "0")


def _luhn(text: str) -> str:
    """Luhn's digit (ISO/IEC 7812-1) over the digits of the text."""
    digits = [int(letter) for letter in reversed(text) if letter in string.digits]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[::2])
    return str(-(sum(doubled) + sum(digits[1::2])) % 10)


def _ean(text: str) -> str:
    """GS1's digit: weights 3 and 1 from the right."""
    digits = [int(letter) for letter in reversed(text) if letter in string.digits]
    return str(-(3 * sum(digits[::2]) + sum(digits[1::2])) % 10)


def _sum(text: str) -> int:
    return sum(text.encode())


def _digit_sum(text: str) -> int:
    return sum(int(letter) for letter in text if letter in string.digits)


_BASIC: dict[str, Check] = {
    "crc32-base36-4": lambda text: _base36(zlib.crc32(text.encode()), 4),
    "crc32-base36-6": lambda text: _base36(zlib.crc32(text.encode()), 6),
    "crc32-hex-8": lambda text: f"{zlib.crc32(text.encode()):08X}",
    "crc32-hex-4": lambda text: f"{zlib.crc32(text.encode()) & 0xFFFF:04X}",
    "crc32-hex-8-lower": lambda text: f"{zlib.crc32(text.encode()):08x}",
    "adler32-hex-8": lambda text: f"{zlib.adler32(text.encode()):08X}",
    "crc16-ccitt-hex-4": lambda text: f"{crc_hqx(text.encode(), 0xFFFF):04X}",
    "crc16-ccitt-hex-4-lower": lambda text: f"{crc_hqx(text.encode(), 0xFFFF):04x}",
    "crc16-xmodem-hex-4": lambda text: f"{crc_hqx(text.encode(), 0):04X}",
    "crc16-modbus-hex-4": lambda text: f"{_crc16_modbus(text.encode()):04X}",
    "mod97-2": lambda text: f"{98 - _value(text) * 100 % 97:02d}",
    "remainder97-2": lambda text: f"{_value(text) % 97:02d}",
    "mod11-1": lambda text: "0123456789X"[_value(text) % 11],
    "mod10-1": lambda text: str(_digit_sum(text) % 10),
    "luhn-1": _luhn,
    "ean-1": _ean,
    "sum-hex-2": lambda text: f"{_sum(text) & 0xFF:02X}",
    "sum-mod100-2": lambda text: f"{_sum(text) % 100:02d}",
    "sum-mod10-1": lambda text: str(_sum(text) % 10),
    "sum-mod36-1": lambda text: _BASE36[_sum(text) % 36],
}


def _letters_and_digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _without_last(text: str) -> str:
    return text[:-1]


def _over(part: Check, then: Check) -> Check:
    part_of: Check = part
    return lambda text: then(part_of(text))


CHECKS: dict[str, Check] = {
    **_BASIC,
    **{f"{name}/bare": _over(_without_last, check) for name, check in _BASIC.items()},
    **{f"{name}/alnum": _over(_letters_and_digits, check) for name, check in _BASIC.items()},
}
"""Name to algorithm. `/bare` leaves out the character before the code, its delimiter; `/alnum` all but letters and
digits. Of `crc32-base36-4` one random text in 1.7 million passes."""
