"""PDF files whose structure is the attack: cycles, depth, references to nowhere, active content."""

import io
from collections.abc import Callable, Iterator

import pikepdf

from tests.recognition.hostile.made import READ, Hostile, page_of, saved, written

_ANY = ("broken_pdf", "too_many_pages", "too_many_pixels", "timeout", "memory_limit", READ)


def made() -> Iterator[Hostile]:
    for name, make in _DOCUMENTS.items():
        document = pikepdf.new()
        make(document)
        yield Hostile(f"{name}.pdf", written(document), _ANY)
    sound = saved("PDF")
    yield Hostile("xref-broken.pdf", sound.replace(b"startxref", b"startxxxx"), _ANY)
    yield Hostile("xref-nowhere.pdf", sound[: sound.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF", _ANY)
    yield Hostile("no-trailer.pdf", sound.replace(b"trailer", b"trxxxer"), _ANY)
    yield Hostile("root-missing.pdf", sound.replace(b"/Root", b"/Rxxt"), _ANY)
    yield Hostile("only-a-header.pdf", b"%PDF-1.7\n%%EOF\n", ("broken_pdf",))
    yield Hostile("garbage.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 200 + b"\n%%EOF", ("broken_pdf",))
    yield Hostile(
        "deep-arrays.pdf", sound.replace(b"/MediaBox", b"/X " + b"[" * 50_000 + b"]" * 50_000 + b" /MediaBox"), _ANY
    )
    yield Hostile("password.pdf", _locked(sound, user="secret", owner="secret"), ("encrypted_pdf",))
    yield Hostile("owner-only.pdf", _locked(sound, user="", owner="secret"), (READ,))
    yield Hostile("length-lies.pdf", sound.replace(b"/Length ", b"/Length 9", 1), (*_ANY, "truncated"))


def _cyclic_tree(document: pikepdf.Pdf) -> None:
    page_of(document, b"")
    document.Root.Pages.Kids.append(document.Root.Pages)
    document.Root.Pages.Count = 2


def _count_lies(document: pikepdf.Pdf) -> None:
    page_of(document, b"")
    document.Root.Pages.Count = 10**9


def _form_in_itself(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"/F Do")
    form = document.make_indirect(
        pikepdf.Stream(document, b"/F Do /F Do", Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842])
    )
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))


def _doubling_forms(document: pikepdf.Pdf) -> None:
    """Each draws the next one ten times: 10^12 rectangles."""
    inner = document.make_indirect(
        pikepdf.Stream(document, b"0 0 9 9 re f", Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
    )
    for _ in range(12):
        outer = pikepdf.Stream(document, b"/F Do " * 10, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842])
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        inner = document.make_indirect(outer)
    page = page_of(document, b"/F Do")
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))


def _pattern_in_itself(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"/Pattern cs /P scn 0 0 595 842 re f")
    keys = {"Type": pikepdf.Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": [0, 0, 1, 1]}
    pattern = pikepdf.Stream(document, b"/Pattern cs /P scn 0 0 1 1 re f", **keys, XStep=0.001, YStep=0.001)
    made_pattern = document.make_indirect(pattern)
    made_pattern.Resources = pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P=made_pattern))
    page.Resources = pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P=made_pattern))


def _tiny_tiles(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"/Pattern cs /P scn 0 0 595 842 re f")
    keys = {"Type": pikepdf.Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": [0, 0, 1, 1]}
    pattern = pikepdf.Stream(document, b"0 0 1 1 re f", **keys, XStep=0.0001, YStep=0.0001, Resources={})
    page.Resources = pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P=document.make_indirect(pattern)))


def _mask_of_itself(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"q 595 0 0 842 0 0 cm /I Do Q")
    keys = {"Subtype": pikepdf.Name.Image, "ColorSpace": pikepdf.Name.DeviceGray, "Width": 9, "Height": 9}
    image = document.make_indirect(pikepdf.Stream(document, bytes(81), **keys, BitsPerComponent=8))
    image.SMask = image
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))


def _many_objects(document: pikepdf.Pdf) -> None:
    page_of(document, b"".join(b"%d %d 1 1 re f\n" % (at % 595, at // 595) for at in range(200_000)))


def _saved_states(document: pikepdf.Pdf) -> None:
    page_of(document, b"q " * 300_000)


def _matrices(document: pikepdf.Pdf) -> None:
    page_of(document, b"1e38 0 0 1e38 0 0 cm 0 0 1 1 re f -1e38 1e-38 nan inf 0 0 cm 0 0 1 1 re f")


def _numbers(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"99999999999999999999999 0 m -99999999999999999999999 9 l S")
    page.Rotate = 37


def _box_upside_down(document: pikepdf.Pdf) -> None:
    page_of(document, b"").MediaBox = [595, 842, 0, 0]


def _box_of_nothing(document: pikepdf.Pdf) -> None:
    page_of(document, b"").MediaBox = [10, 10, 10, 10]


def _box_of_words(document: pikepdf.Pdf) -> None:
    page_of(document, b"").MediaBox = pikepdf.Array([pikepdf.Name.A, pikepdf.String("b"), 1])


def _user_unit(document: pikepdf.Pdf) -> None:
    page_of(document, b"")[pikepdf.Name.UserUnit] = 75_000


def _script(document: pikepdf.Pdf) -> None:
    page_of(document, b"")
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("while(true){app.alert('x')}"))
    document.Root.OpenAction = action
    document.Root.AA = pikepdf.Dictionary(WC=action)


def _launch(document: pikepdf.Pdf) -> None:
    page_of(document, b"")
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("/bin/sh"))


def _remote(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"q 595 0 0 842 0 0 cm /I Do Q")
    keys = {"Subtype": pikepdf.Name.Image, "Width": 9, "Height": 9, "ColorSpace": pikepdf.Name.DeviceGray}
    outside = pikepdf.Dictionary(FS=pikepdf.Name.URL, F=pikepdf.String("http://127.0.0.1:9/x"))
    image = pikepdf.Stream(document, b"", **keys, BitsPerComponent=8, F=outside)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=document.make_indirect(image)))


def _attached(document: pikepdf.Pdf) -> None:
    page_of(document, b"")
    document.attachments["../../../../etc/cron.d/x"] = pikepdf.AttachedFileSpec(
        document, b"* * * * * root true", filename="x"
    )


def _annotated(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"")
    one = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[0, 0, 500, 500])
    page.Annots = pikepdf.Array([document.make_indirect(one)] * 3_000)


def _font_of_nothing(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"BT /F 40 Tf 10 700 Td (text) Tj ET")
    keys = {"Type": pikepdf.Name.Font, "Subtype": pikepdf.Name.TrueType, "BaseFont": pikepdf.Name("/../../x")}
    program = document.make_indirect(pikepdf.Stream(document, bytes(range(256)) * 40))
    descriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontFile2=program, Flags=4)
    font = pikepdf.Dictionary(**keys, FontDescriptor=descriptor, FirstChar=0, LastChar=255, Widths=[1] * 256)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))


def _function(document: pikepdf.Pdf) -> None:
    page = page_of(document, b"/S sh")
    code = b"{ " + b"dup exp " * 3_000 + b"}"
    calculator = pikepdf.Stream(document, code, FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1])
    shading = pikepdf.Dictionary(
        ShadingType=1, ColorSpace=pikepdf.Name.DeviceGray, Function=document.make_indirect(calculator)
    )
    page.Resources = pikepdf.Dictionary(Shading=pikepdf.Dictionary(S=shading))


_DOCUMENTS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    make.__name__.strip("_").replace("_", "-"): make
    for make in (
        *(_cyclic_tree, _count_lies, _form_in_itself, _doubling_forms, _pattern_in_itself, _tiny_tiles),
        *(_mask_of_itself, _many_objects, _saved_states, _matrices, _numbers, _box_upside_down, _box_of_nothing),
        *(_box_of_words, _user_unit, _script, _launch, _remote, _attached, _annotated, _font_of_nothing, _function),
    )
}


def _locked(sound: bytes, user: str, owner: str) -> bytes:
    with pikepdf.open(io.BytesIO(sound)) as document:
        return written(document, encryption=pikepdf.Encryption(user=user, owner=owner))
