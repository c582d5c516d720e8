//! What kind of file bytes are, told by what is in them and never by a name.

use encoding_rs::Encoding;

use super::package::Package;

/// A kind of file that reports travel in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The saved shape of this program.
    Saved,
    /// Plain text and Markdown, and tables between commas.
    Text,
    /// A web page.
    Page,
    /// Word's document (docx).
    Word,
    /// A workbook (xlsx).
    Workbook,
    /// A text of OpenDocument (odt).
    OpenText,
    /// Another file of OpenDocument.
    OpenOther,
    /// The file of Office before 2007, and of WPS: doc, xls, wps, et.
    Compound,
    /// RTF.
    Rtf,
    /// PDF.
    Pdf,
    /// A picture.
    Picture,
    /// An archive of something else.
    Archive,
    /// OFD, the national format for printed pages.
    Ofd,
    /// A web page with its pictures in one file (mht).
    WebArchive,
    /// A document of Word 2003 or of OpenDocument in one file of XML.
    FlatXml,
    /// Bytes that are no text.
    Unknown,
}

impl Kind {
    /// Tells the kind of a file.
    pub fn of(bytes: &[u8]) -> Self {
        const KINDS: [(&[u8], Kind); 9] = [
            (b"\xd0\xcf\x11\xe0", Kind::Compound),
            (b"{\\rtf", Kind::Rtf),
            (b"\x89PNG", Kind::Picture),
            (b"\xff\xd8\xff", Kind::Picture),
            (b"GIF8", Kind::Picture),
            (b"II*\x00", Kind::Picture),
            (b"MM\x00*", Kind::Picture),
            (b"Rar!", Kind::Archive),
            (b"7z\xbc\xaf", Kind::Archive),
        ];
        if bytes.starts_with(PACKAGE) {
            return Self::of_package(bytes);
        }
        if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            return *kind;
        }
        // Told without decoding: a folder of saved reports is read through here.
        if bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"{") {
            return Self::Saved;
        }
        // The size of a BMP stands between, and then four zeros.
        if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
            return Self::Picture;
        }
        let head = &bytes[..bytes.len().min(1024)];
        let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        let encoding = Encoding::for_bom(head).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
        let text = encoding.decode(head).0.to_lowercase();
        let text = text.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
        match () {
            () if text.starts_with('{') => Self::Saved,
            () if is_web_archive(text) => Self::WebArchive,
            () if ["mso-application", "<office:document"].iter().any(|mark| text.contains(mark)) => {
                Self::FlatXml
            }
            () if is_page(text) => Self::Page,
            // Some writers put a few bytes before the mark of a PDF.
            () if head.windows(5).any(|window| window == b"%PDF-") => Self::Pdf,
            () if !is_wide && bytes.contains(&0) => Self::Unknown,
            () => Self::Text,
        }
    }

    /// The kind of a ZIP file, by its parts.
    fn of_package(bytes: &[u8]) -> Self {
        let Ok(mut package) = Package::open(bytes) else { return Self::Archive };
        if package.has("word/document.xml") {
            return Self::Word;
        }
        if package.has("xl/workbook.xml") {
            return Self::Workbook;
        }
        if package.has("OFD.xml") {
            return Self::Ofd;
        }
        // What the file says of itself: the parts of Word and of workbooks may have other names, and a packer may have
        // left the first part of OpenDocument out.
        let said = ["mimetype", "META-INF/manifest.xml", "[Content_Types].xml"]
            .into_iter()
            .find_map(|name| package.head(name, MOST_SAID))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default();
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        match () {
            () if says(&["opendocument.text"]) => Self::OpenText,
            () if says(&["application/vnd.oasis"]) => Self::OpenOther,
            () if says(&["wordprocessingml.document.main", "word.document.macroEnabled.main"]) => Self::Word,
            () if says(&["spreadsheetml.sheet.main", "excel.sheet.macroEnabled.main"]) => Self::Workbook,
            () => Self::Archive,
        }
    }
}

/// What a ZIP file begins with.
pub(super) const PACKAGE: &[u8] = b"PK\x03\x04";

/// How much is read of what a package says of itself.
const MOST_SAID: u64 = 1 << 16;

/// Whether a text begins as a letter of several parts does, which is how browsers save a page in one file.
fn is_web_archive(text: &str) -> bool {
    ["from:", "mime-version:", "snapshot-content-location:"].iter().any(|head| text.starts_with(head))
        && text.contains("multipart/related")
}

/// Whether a text is a web page, or a piece of one: it begins with a tag, or with what XML begins with and a tag near it.
fn is_page(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') || text.contains("<html")
}
