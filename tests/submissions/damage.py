"""Scans made bad on purpose."""

from io import BytesIO

from PIL import Image, ImageDraw


def without_symbols(scan: bytes) -> bytes:
    """The page with both of its QR symbols, which stand in opposite corners, covered with white."""
    image = Image.open(BytesIO(scan)).convert("L")
    brush, (wide, high) = ImageDraw.Draw(image), image.size
    for left, top in ((0.0, 0.0), (0.68, 0.0), (0.0, 0.78), (0.68, 0.78)):
        box = (left * wide, top * high, (left + 0.32) * wide, (top + 0.22) * high)
        brush.rectangle(box, 255)
    out = BytesIO()
    image.save(out, "JPEG", dpi=(150, 150))
    return out.getvalue()
