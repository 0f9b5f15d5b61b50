"""Fields of a page seen as people see them: rows of cells, and ruled lines."""

from dataclasses import dataclass

from recognition.form.model import Box


@dataclass(frozen=True, slots=True)
class Strip:
    """Neighbouring cells of one row. A ruled line is a strip of one long cell."""

    cells: tuple[Box, ...]

    @property
    def box(self) -> Box:
        """The strip's outline in mm."""
        x, y, _, height = self.cells[0]
        return x, y, self.cells[-1][0] + self.cells[-1][2] - x, height

    @property
    def is_line(self) -> bool:
        """True where a text runs along it, not a character in each cell."""
        return len(self.cells) == 1 and self.box[2] > 3 * self.box[3]


def strips(fields: tuple[Box, ...]) -> list[Strip]:
    """The fields joined into strips, in the form's order."""
    rows: list[list[Box]] = []
    for field in fields:
        if rows and _touch(rows[-1][-1], field):
            rows[-1].append(field)
        else:
            rows.append([field])
    return [Strip(tuple(row)) for row in rows]


def _touch(left: Box, right: Box) -> bool:
    return left[1] == right[1] and abs(left[0] + left[2] - right[0]) < 0.01
