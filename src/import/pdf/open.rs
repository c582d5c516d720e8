//! Opens a PDF: its limits, its password, and the fonts that the parser would misread. Does not look at its pages.

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};
use pdfplumber::{ExtractOptions, Pdf};

use super::BROKEN;
use crate::import::ImportError;

/// The most pages that a file may have.
const MOST_PAGES: usize = 200;
/// The most bytes that a stream may have when inflated,
const LARGEST_STREAM: usize = if cfg!(test) { 4 << 20 } else { 100 << 20 };
/// and all of them together.
const LARGEST: usize = 2 * LARGEST_STREAM;

/// Opens a file within the limits, with its fonts mended.
///
/// # Errors
/// If it is damaged, encrypted, or larger than any report.
pub(super) fn open(bytes: &[u8]) -> Result<Pdf, ImportError> {
    let mut document = load(bytes)?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(ImportError::Encrypted);
    }
    let pages = document.get_pages();
    if pages.len() > MOST_PAGES {
        return Err(ImportError::TooMuch("PDF 文档", MOST_PAGES, "页"));
    }
    if pages.is_empty() {
        return Err(BROKEN);
    }
    inflate(&mut document)?;
    mend_fonts(&mut document);
    strip(&mut document, pages.into_values());
    let mut mended = Vec::new();
    document.save_to(&mut mended).map_err(|_| BROKEN)?;
    let options = ExtractOptions { collect_warnings: false, ..ExtractOptions::default() };
    Pdf::open_bytes(&mended, Some(options)).map_err(|_| BROKEN)
}

fn load(bytes: &[u8]) -> Result<Document, ImportError> {
    // Streams that hold objects are inflated while the file is loaded, so that all of them together must have room.
    let streams = bytes.windows(9).filter(|window| window == b"endstream").count().max(1);
    let room = LARGEST_STREAM.min(LARGEST / streams);
    let options = || LoadOptions::with_max_decompressed_size(room);
    let start = bytes.windows(5).position(|window| window == b"%PDF-").unwrap_or_default();
    let document = Document::load_mem_with_options(&bytes[start..], options());
    document.map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => ImportError::Encrypted,
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => too_large(),
        _ => BROKEN,
    })
}

const fn too_large() -> ImportError {
    ImportError::TooMuch("解压后的内容", 100, "MB")
}

/// Counts what the streams of a document inflate to. Pictures are not looked at, so they are emptied.
fn inflate(document: &mut Document) -> Result<(), ImportError> {
    let mut room = LARGEST;
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image") {
            stream.set_content(Vec::new());
            continue;
        }
        match stream.decompressed_content_with_limit(room.min(LARGEST_STREAM)) {
            Ok(content) => room -= content.len(),
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(too_large());
            }
            // What cannot be inflated is for the parser to leave out.
            Err(_) => {}
        }
    }
    Ok(())
}

/// Takes away what no report needs: forms, bookmarks, comments, the tree of tags.
fn strip(document: &mut Document, pages: impl Iterator<Item = ObjectId>) {
    const OF_DOCUMENT: [&[u8]; 7] =
        [b"AcroForm", b"Outlines", b"StructTreeRoot", b"Names", b"Dests", b"Metadata", b"OpenAction"];
    document.trailer.remove(b"Info");
    if let Ok(catalog) = document.catalog_mut() {
        for key in OF_DOCUMENT {
            catalog.remove(key);
        }
    }
    for page in pages {
        if let Ok(page) = document.get_dictionary_mut(page) {
            page.remove(b"Annots");
        }
    }
}

/// Mends the fonts of which the parser would take codes for characters that they are not.
fn mend_fonts(document: &mut Document) {
    let fonts: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| object.as_dict().is_ok_and(is_silent))
        .map(|(id, _)| *id)
        .collect();
    let mut identity = None;
    for id in fonts {
        let Some((encoding, mut drawn)) = silent_font(document, id) else { continue };
        let is_unicode = encoding.starts_with(b"UniGB-UCS2") || encoding.starts_with(b"UniGB-UTF16");
        if is_unicode {
            shift_widths(&mut drawn);
        } else if encoding.starts_with(b"Identity") {
            hide_glyph_numbers(&mut drawn);
        } else {
            continue;
        }
        let map = *identity.get_or_insert_with(|| document.add_object(identity_map()));
        let Ok(font) = document.get_dictionary_mut(id) else { continue };
        font.set("DescendantFonts", vec![Object::Dictionary(drawn)]);
        if is_unicode {
            font.set("ToUnicode", Object::Reference(map));
            let is_vertical = encoding.ends_with(b"-V");
            font.set("Encoding", if is_vertical { "Identity-V" } else { "Identity-H" });
        }
    }
}

/// Whether a dictionary is a font of two-byte codes that does not say what they mean.
fn is_silent(font: &Dictionary) -> bool {
    font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0")
        && font.get(b"ToUnicode").is_err()
}

/// The name of the encoding of a font, and the font that draws its characters.
fn silent_font(document: &Document, id: ObjectId) -> Option<(Vec<u8>, Dictionary)> {
    let resolved = |object| Some(document.dereference(object).ok()?.1);
    let font = document.get_dictionary(id).ok()?;
    let encoding = resolved(font.get(b"Encoding").ok()?)?.as_name().ok()?.to_vec();
    let drawn = resolved(font.get(b"DescendantFonts").ok()?)?.as_array().ok()?.first()?;
    let mut drawn = resolved(drawn)?.as_dict().ok()?.clone();
    for key in [&b"CIDSystemInfo"[..], b"W"] {
        let value =
            drawn.get(key).and_then(|value| document.dereference(value)).map(|(_, value)| value.clone());
        if let Ok(value) = value {
            drawn.set(key, value);
        }
    }
    Some((encoding, drawn))
}

/// The widths of a font go by its own numbers, of which 1 to 95 are ASCII from the blank on; codes are Unicode's.
fn shift_widths(font: &mut Dictionary) {
    const SHIFT: i64 = 31;
    let Ok(widths) = font.get(b"W").and_then(Object::as_array) else { return };
    let mut shifted: Vec<Object> = Vec::new();
    let mut rest = widths.as_slice();
    while let [first, behind, ..] = rest {
        let Ok(from) = first.as_i64() else { break };
        let is_ascii = (1..=95).contains(&from);
        let count = if behind.as_array().is_ok() { 2 } else { 3 };
        if is_ascii && count == 2 {
            shifted.extend([Object::Integer(from + SHIFT), behind.clone()]);
        } else if let ([_, to, width], true) = (&rest[..count.min(rest.len())], is_ascii) {
            let to = to.as_i64().unwrap_or(from).min(95) + SHIFT;
            shifted.extend([Object::Integer(from + SHIFT), Object::Integer(to), width.clone()]);
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    font.set("W", shifted);
}

/// Where codes are the numbers of glyphs and nothing says what these show, the parser would take them for characters.
fn hide_glyph_numbers(font: &mut Dictionary) {
    let info = font.get(b"CIDSystemInfo").and_then(Object::as_dict);
    let ordering = info.and_then(|info| info.get(b"Ordering")).and_then(Object::as_str);
    if ordering.is_ok_and(|ordering| ordering != b"Identity") {
        return;
    }
    let mut info = Dictionary::new();
    info.set("Registry", Object::string_literal("None"));
    info.set("Ordering", Object::string_literal("None"));
    info.set("Supplement", 0);
    font.set("CIDSystemInfo", info);
}

/// A map of every two-byte code to the character of the same number.
fn identity_map() -> Stream {
    let ranges =
        |from: u32| (from..from + 64).map(|high| format!("<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n"));
    let blocks: String = (0..4)
        .map(|nth| format!("64 beginbfrange\n{}endbfrange\n", ranges(nth * 64).collect::<String>()))
        .collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{blocks}endcmap\nend\nend\n"
    );
    Stream::new(Dictionary::new(), map.into_bytes())
}
