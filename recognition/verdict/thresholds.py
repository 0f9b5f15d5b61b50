"""Where a finding becomes a problem, and where a problem endangers the result. Each figure with its reason."""

SCALE_PCT = 1.25
"""Printers and feeds are true to 0.5 %; «fit to page» begins at 2 %. Two symbols measure to 0.2 %."""
SCALE_ONE_SYMBOL_PCT = 1.6
"""One symbol is a short ruler: 25 mm against the 290 mm between two."""
SCALE_REJECTED_PCT = 5.0
"""Beyond, fields of the form lie a whole cell away from where they are looked for."""

SKEW_DEG = 1.2
"""Sheets lie in a feeder up to 0.7 degrees askew; beyond 1.2 one sees it."""
LEAN_DEG = 2.0
"""By lines of print alone, which tell to 0.3 degrees and may stand in a column of handwriting."""
SKEW_REJECTED_DEG = 6.0
"""At 6 degrees a corner of the sheet moves by 30 mm, out of any scanner's width."""

DPI = 140
"""150 dpi is the least at which a pen stroke of 0.4 mm keeps two pixels; 10 less is rounding."""
DPI_REJECTED = 95
"""Below, a stroke is less than one pixel and one module of the symbol less than three."""

CUT_MM = 6.0
"""Of blank margin: an askew sheet loses 4 mm at a corner without harm."""
CUT_PLACE_MM = 0.8
"""Of a symbol, a square or a field: these must be there whole."""
CUT_REJECTED_MM = 25.0
"""So much of the sheet is gone that text is gone with it, whatever the form says of its places."""

BEND_MM = 0.9
"""Left by an affine map: a flatbed leaves 0.1, a rough feed 0.5, a camera several mm."""
SIZE_RATIO = 1.025
"""Largest to smallest of two symbols of one page: a scan keeps to 1.01."""
ANGLE_DEG = 1.2
"""Between two symbols of one page: a scan keeps to 0.5."""
UNEVEN_LIGHT = 0.11
"""1 - darkest paper / brightest paper: a scanner keeps to 0.05, the gutter of a book apart."""
UNEVEN_LIGHT_ALONE = 0.35
PHOTO_POINTS = 3
"""Perspective counts 2, uneven light 1 or 2, no resolution in the file or one that
no scanner has 1, proportions that are not the paper's 1."""
ASPECT_SLACK = 0.02
"""Scanners that cut at the paper's edge differ by 1 % from its proportions; cameras make 4:3 (6 % off) and 16:9."""

HARM_MM2 = 0.4
"""Ink added to or missing from a symbol: a spot of 0.7 mm. Dust and JPEG leave a tenth of it."""
HARM_MODULES = 0.5
"""The same where modules are large: half a module is not yet read wrongly."""
COVER_PART = 0.15
"""Of the symbol's modules, white in one piece from its edge on: a slip of paper; worn toner is ragged."""
WEAK_UNUSED = 0.45
"""Unused error correction: with the half of it gone, one stain more ends the symbol (0.37 has grade 2)."""
WEAK_FIXED = 0.9
"""Sound part of the patterns by which a reader finds the symbol at all."""
WEAK_QUIET = 0.8
"""Clean part of the paper around the symbol; one line of print on one side leaves 0.9."""
WEAK_CONTRAST = 0.38
"""Of white: grade 1 begins at 0.40; a scanner set a little darker reads nothing."""
COARSE_PX, HARM_COARSE = 5.5, 2.0
"""px of a module in the searched copy: below, one px more of toner changes a lone module by a third."""
WEAK_MODULATION = 0.2
"""Below, modules differ from their threshold by a tenth of the contrast: the next scanner reads them otherwise."""

SQUARE_LOST_MM2 = 0.6
"""Of a square in one piece: a spot of 0.9 mm. Dust and soft corners leave nothing within its rim."""
SQUARE_DARKNESS = 0.62
"""Of the darkness of the page's own symbols: toner that thin is grey to every reader."""

STREAK_PLACE_MM = 0.3
"""From a line to a symbol or square: nearer, it crosses it."""
BLUR_MM = 0.13
"""Sigma of the blur, once what pixels do by themselves is taken off: a scanner in focus keeps to 0.06, a sheet 1 mm
off the glass has 0.2."""
BLUR_REJECTED_MM = 0.45
"""Two pen strokes a millimetre apart are one."""
PIXEL_EDGE_PX = 1.9
"""Width of a sharp edge in px of the searched copy: the raster's one px, lens, halving, JPEG of low quality."""
CONTRAST_LEVELS = 90
"""Of 255 from ink to paper. Grey recycled paper leaves 130, toner-saving print 120; 40 % (102 levels) has
grade 2 of ISO/IEC 15415."""
CONTRAST_REJECTED_LEVELS = 36
"""Pen strokes are half as dark as toner; they drown in the noise of the paper."""
FADED = 0.55
"""Of the page's own darkest print: toner that runs out over a part of the sheet."""
STRETCH_PCT = 1.3
"""Across against along: printers and feeds together keep to 1 %, and squares measure to 0.1 %."""
STRETCH_REJECTED_PCT = 6.0
"""At the end of a sheet a field then lies 9 mm from where it is looked for, two cells of a form."""
PAPER_MM = 12.0
"""Scanners crop 5 mm of a sheet or add 10; the nearest sizes of paper differ by 18 (Letter) and more."""
PAPER_REJECTED_PCT = 5.0
"""Print so far from its size does not fit the form's fields."""

GLASS_MM = 1.2
"""Dirt keeps its place to 0.2 mm; the sheets of a stack lie some mm apart, and so do what is printed on them."""
GLASS_PAGES = 3
"""Two lines may stand alike by chance; three at one millimetre do not."""
