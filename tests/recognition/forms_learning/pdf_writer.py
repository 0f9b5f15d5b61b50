"""A PDF writer of a page's worth of operators: rectangles, circles, lines, words and symbols, by hand."""

import segno

MM = 72 / 25.4


class Sheet:
    """One page, mm from the top left."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.drawn: list[str] = []

    def rectangle(self, x: float, y: float, width: float, height: float, paint: str = "f") -> None:
        self.drawn.append(
            f"{x * MM:.4f} {(self.height - y - height) * MM:.4f} {width * MM:.4f} {height * MM:.4f} re {paint}"
        )

    def line(self, x: float, y: float, to_x: float, to_y: float, thick: float = 0.3) -> None:
        ends = f"{x * MM:.3f} {(self.height - y) * MM:.3f} m {to_x * MM:.3f} {(self.height - to_y) * MM:.3f} l"
        self.drawn.append(f"{thick * MM:.3f} w {ends} S")

    def circle(self, x: float, y: float, radius: float, paint: str) -> None:
        cx, cy, r = x * MM, (self.height - y) * MM, radius * MM
        k = 0.5523 * r
        self.drawn.append(
            f"{cx + r:.3f} {cy:.3f} m {cx + r:.3f} {cy + k:.3f} {cx + k:.3f} {cy + r:.3f} {cx:.3f} {cy + r:.3f} c "
            f"{cx - k:.3f} {cy + r:.3f} {cx - r:.3f} {cy + k:.3f} {cx - r:.3f} {cy:.3f} c "
            f"{cx - r:.3f} {cy - k:.3f} {cx - k:.3f} {cy - r:.3f} {cx:.3f} {cy - r:.3f} c "
            f"{cx + k:.3f} {cy - r:.3f} {cx + r:.3f} {cy - k:.3f} {cx + r:.3f} {cy:.3f} c {paint}"
        )

    def words(self, x: float, y: float, text: str, size: float = 11) -> None:
        safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self.drawn.append(f"BT /F1 {size} Tf {x * MM:.3f} {(self.height - y) * MM:.3f} Td ({safe}) Tj ET")

    def symbol(self, x: float, y: float, side: float, text: str, error: str = "m") -> None:
        matrix = segno.make_qr(text, error=error, boost_error=False).matrix
        module = side / len(matrix)
        for row, modules in enumerate(matrix):
            for column, dark in enumerate(modules):
                if dark:
                    self.rectangle(x + column * module, y + row * module, module, module)


def write_pdf(sheets: list[Sheet]) -> bytes:
    """All sheets as one PDF file."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for sheet in sheets:
        stream = "\n".join(sheet.drawn)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        box = f"[0 0 {sheet.width * MM:.3f} {sheet.height * MM:.3f}]"
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {len(objects)} 0 R {font} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{tail}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
