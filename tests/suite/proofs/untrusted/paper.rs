//! PDFs whose trees, streams and fonts are made to break a reader.
#![expect(clippy::too_many_lines, reason = "a list of files, each made in a few lines")]

use std::io::Write as _;

use super::{CONFINED, Fate, Made, made};

const FONT: &str = "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font \
    /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>] >>";

/// A file of these objects, numbered from 1; the first is the catalog.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = file.len();
    file.extend(
        format!("{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
            .bytes(),
    );
    file
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"]
        .concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    // What a container holds of a part that is deflated, with the two bytes before it that a PDF has; its sum is not looked at.
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file(
            "x",
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated),
        )
        .unwrap();
    writer.write_all(bytes).unwrap();
    let packed = writer.finish().unwrap().into_inner();
    let end = packed.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    [&[0x78, 0x9c], &packed[31..end], &[0; 4]].concat()
}

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// A page with these instructions on it, this in its resources and these objects behind it, from the fifth on.
fn page(instructions: &[u8], resources: &str, behind: &[Vec<u8>]) -> Vec<u8> {
    with_page(stream("", instructions), resources, "0 0 595 842", behind)
}

fn with_page(content: Vec<u8>, resources: &str, area: &str, behind: &[Vec<u8>]) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [{area}] /Contents 4 0 R /Resources << /Font << /F1 {FONT} >> {resources} >> >>"
    );
    let objects = [
        text("<< /Type /Catalog /Pages 2 0 R >>"),
        text("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        text(&page),
        content,
    ];
    file(&[&objects[..], behind].concat())
}

fn trees() -> Vec<Made> {
    let catalog = || text("<< /Type /Catalog /Pages 2 0 R >>");
    vec![
        made("tree-in-a-loop.pdf", Fate::Any, move || {
            file(&[catalog(), text("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")])
        }),
        made("tree-of-two-in-a-loop.pdf", Fate::Any, move || {
            file(&[
                catalog(),
                text("<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 9 >>"),
                text("<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] /Count 9 >>"),
            ])
        }),
        made("tree-that-doubles.pdf", Fate::Any, move || {
            let kids = |number: usize| {
                text(&format!("<< /Type /Pages /Kids [{0} 0 R {0} 0 R] /Count 2 >>", number + 1))
            };
            let tree = (2..40).map(kids);
            file(
                &[vec![catalog()], tree.collect(), vec![text("<< /Type /Page /MediaBox [0 0 9 9] >>")]]
                    .concat(),
            )
        }),
        made("parents-in-a-loop.pdf", Fate::Any, move || {
            file(&[
                catalog(),
                text("<< /Type /Pages /Parent 3 0 R /Kids [3 0 R] /Count 1 >>"),
                text("<< /Type /Page /Parent 3 0 R >>"),
            ])
        }),
        made("many-pages.pdf", Fate::Refused(&["200 页"]), move || {
            let kids: String = (3..204).map(|number| format!("{number} 0 R ")).collect();
            let pages = vec![text("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"); 201];
            file(
                &[vec![catalog(), text(&format!("<< /Type /Pages /Kids [{kids}] /Count 201 >>"))], pages]
                    .concat(),
            )
        }),
        made("count-of-pages.pdf", Fate::Any, move || {
            file(&[catalog(), text("<< /Type /Pages /Kids [] /Count 2147483647 >>")])
        }),
        made("reference-to-itself.pdf", Fate::Any, move || file(&[catalog(), text("2 0 R")])),
        made("deep-array.pdf", Fate::Any, move || file(&[catalog(), text(&"[".repeat(1 << 20))])),
        made("deep-dictionary.pdf", Fate::Any, move || file(&[catalog(), text(&"<< /A ".repeat(1 << 18))])),
        made("table-of-its-own-table.pdf", Fate::Any, move || {
            let mut bytes = file(&[catalog()]);
            let start = bytes.windows(5).position(|window| window == b"xref\n").unwrap();
            let end =
                format!("trailer\n<< /Size 2 /Root 1 0 R /Prev {start} >>\nstartxref\n{start}\n%%EOF\n");
            bytes.extend(end.bytes());
            bytes
        }),
        made("giant-table.pdf", Fate::Any, || {
            text(
                "%PDF-1.5\nxref\n0 4294967295\n0000000000 65535 f \ntrailer\n<< /Size 4294967295 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n",
            )
        }),
        made("giant-table-stream.pdf", Fate::Any, || {
            let table = stream(
                "/Type /XRef /W [8 8 8] /Index [0 4294967295] /Size 4294967295 /Root 1 0 R",
                &[0; 240],
            );
            [&b"%PDF-1.5\n1 0 obj\n"[..], &table, b"\nendobj\nstartxref\n9\n%%EOF\n"].concat()
        }),
        made("objects-in-themselves.pdf", Fate::Any, || {
            let objects =
                stream("/Type /ObjStm /N 2147483647 /First 10 /Extends 1 0 R", b"1 0 2 10 << >> << >>");
            let table = stream(
                "/Type /XRef /W [1 2 1] /Index [0 3] /Size 3 /Root 2 0 R",
                &[2, 0, 1, 0, 2, 0, 1, 0, 2, 0, 1, 1],
            );
            let begin = [&b"%PDF-1.5\n1 0 obj\n"[..], &objects, b"\nendobj\n"].concat();
            [
                &begin[..],
                b"3 0 obj\n",
                &table,
                format!("\nendobj\nstartxref\n{}\n%%EOF\n", begin.len()).as_bytes(),
            ]
            .concat()
        }),
        made("half.pdf", Fate::Any, || {
            let bytes = page(b"BT /F1 12 Tf (x) Tj ET", "", &[]);
            bytes[..bytes.len() / 2].to_vec()
        }),
        made("nothing-but-its-mark.pdf", Fate::Refused(&["损坏"]), || text("%PDF-1.7\n")),
        made("encrypted.pdf", Fate::Refused(&["密码"]), || {
            include_bytes!("../../../data/pdf/encrypted.pdf").to_vec()
        }),
    ]
}

fn streams() -> Vec<Made> {
    let packed =
        |filters: &'static str, bytes: Vec<u8>| with_page(stream(filters, &bytes), "", "0 0 595 842", &[]);
    vec![
        made("bomb.pdf", Fate::Refused(CONFINED), move || {
            packed("/Filter /FlateDecode", deflated(&vec![b' '; 101 << 20]))
        }),
        made(
            "bomb-in-a-bomb.pdf",
            Fate::Refused(&["解压后的内容", "损坏", "处理器时间", "内存", "空的"]),
            move || {
                packed("/Filter [/FlateDecode /FlateDecode]", deflated(&deflated(&vec![b' '; 300 << 20])))
            },
        ),
        made("many-bombs.pdf", Fate::Refused(CONFINED), || {
            let bomb = stream("/Filter /FlateDecode", &deflated(&vec![b' '; 40 << 20]));
            page(b"", "", &vec![bomb; 12])
        }),
        made("hex-without-end.pdf", Fate::Any, move || {
            packed("/Filter /ASCIIHexDecode", vec![b'2'; 10 << 20])
        }),
        made("runs.pdf", Fate::Any, move || packed("/Filter /RunLengthDecode", [129, b' '].repeat(1 << 20))),
        made("wide-predictor.pdf", Fate::Any, move || {
            packed(
                "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 >>",
                deflated(&[1; 4096]),
            )
        }),
        made("length-of-everything.pdf", Fate::Any, || {
            let bytes = page(b"BT ET", "", &[]);
            String::from_utf8_lossy(&bytes).replace("/Length 5", "/Length 999999999999").into_bytes()
        }),
        made("states-without-end.pdf", Fate::Any, || page(&b"q ".repeat(2_000_000), "", &[])),
        made("operands-without-end.pdf", Fate::Any, || page(&b"1 ".repeat(3_000_000), "", &[])),
        made("lines-without-end.pdf", Fate::Any, || page(&b"0 0 m 500 500 l S ".repeat(300_000), "", &[])),
        made("grid-of-lines.pdf", Fate::Any, || {
            let lines: String =
                (0..800).map(|n| format!("0 {n} m 595 {n} l S {n} 0 m {n} 842 l S ")).collect();
            page(format!("{lines} BT /F1 9 Tf 10 10 Td <4E00> Tj ET").as_bytes(), "", &[])
        }),
        made("rectangles.pdf", Fate::Any, || {
            let cells: String = (0..150)
                .flat_map(|x| (0..150).map(move |y| format!("{} {} 3 5 re S ", x * 3, y * 5)))
                .collect();
            page(format!("{cells} BT /F1 9 Tf 10 10 Td <4E00> Tj ET").as_bytes(), "", &[])
        }),
        made("characters.pdf", Fate::Any, || {
            page(&[&b"BT /F1 9 Tf "[..], &b"<4E004E004E004E00> Tj ".repeat(300_000), b"ET"].concat(), "", &[])
        }),
        made("form-in-itself.pdf", Fate::Any, || {
            let form = stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>",
                b"/X Do /X Do",
            );
            page(b"/X Do", "/XObject << /X 5 0 R >>", &[form])
        }),
        made("forms-that-grow.pdf", Fate::Any, || {
            let form = |next: usize| {
                stream(
                    &format!(
                        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {next} 0 R >> >>"
                    ),
                    &b"/X Do ".repeat(10),
                )
            };
            let forms: Vec<Vec<u8>> = (6..18)
                .map(form)
                .chain([stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 m 1 1 l S")])
                .collect();
            page(b"/X Do", "/XObject << /X 5 0 R >>", &forms)
        }),
        made("font-in-itself.pdf", Fate::Any, || {
            page(
                b"BT /F2 12 Tf <4E00> Tj ET",
                "/Font << /F2 5 0 R >>",
                &[text("<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [5 0 R] >>")],
            )
        }),
        made("codes-without-end.pdf", Fate::Any, || {
            let map = stream(
                "",
                &[
                    &b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n"[..],
                    &b"1 beginbfrange <00000000> <ffffffff> <4e00> endbfrange\n".repeat(1000),
                ]
                .concat(),
            );
            page(
                b"BT /F2 12 Tf <4E00> Tj ET",
                "/Font << /F2 << /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /Subtype /CIDFontType2 /W [0 2147483647 500] >>] >> >>",
                &[map],
            )
        }),
        made("giant-page.pdf", Fate::Any, || {
            with_page(stream("", b"BT /F1 12 Tf <4E00> Tj ET"), "", "-1e308 -1e308 1e308 1e308", &[])
        }),
        made("page-of-no-size.pdf", Fate::Any, || {
            with_page(
                stream("", b"BT /F1 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm <4E004E00> Tj ET"),
                "",
                "0 0 0 0",
                &[],
            )
        }),
        made("giant-picture.pdf", Fate::Any, || {
            page(
                b"/I Do",
                "/XObject << /I 5 0 R >>",
                &[stream(
                    "/Type /XObject /Subtype /Image /Width 2147483647 /Height 2147483647 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
                    b"x",
                )],
            )
        }),
    ]
}

pub(super) fn all() -> Vec<Made> {
    trees().into_iter().chain(streams()).collect()
}
