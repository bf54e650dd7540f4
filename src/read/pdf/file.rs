//! A PDF as a file: opened, its pages found, its streams unpacked, all within limits.

use std::collections::BTreeSet;

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId, Stream};

use crate::msg;
use crate::read::unreadable::Unreadable;

/// The most bytes of one stream that holds the structure of the file, unpacked.
const STRUCTURE: usize = 32 << 20;
/// The most bytes of all pages and fonts together, unpacked.
const UNPACKED: usize = 200 << 20;
/// The most bytes of one stream, unpacked.
const STREAM: usize = 32 << 20;
/// The most pages.
const PAGES: usize = 20_000;
/// How deep the tree of pages may be.
const DEPTH: usize = 64;

/// One page: what it shows, with what, and where it ends.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) dictionary: &'a Dictionary,
    pub(super) resources: Option<&'a Dictionary>,
    /// Left, bottom, right, top.
    pub(super) area: Option<[f32; 4]>,
}

/// Opens a file.
///
/// # Errors
/// It is damaged, or protected with a password.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Unreadable> {
    let damaged = || Unreadable::new(msg!("import.pdf.damaged"), msg!("import.pdf.damaged.fix"));
    let options = LoadOptions { max_decompressed_size: Some(STRUCTURE), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| {
        let protected = matches!(error, Error::InvalidPassword | Error::Decryption(_));
        if protected { self::protected() } else { damaged() }
    })?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(protected());
    }
    Ok(document)
}

fn protected() -> Unreadable {
    Unreadable::new(msg!("import.pdf.protected"), msg!("import.pdf.protected.fix"))
}

/// An object itself, where a reference stands for it.
pub(super) fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(&Object::Null, |(_, object)| object)
}

/// The dictionary under a key.
pub(super) fn dictionary<'a>(
    document: &'a Document,
    within: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    match resolve(document, within.get(key).ok()?) {
        Object::Dictionary(found) => Some(found),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// How much may still be unpacked, and what could not be.
#[derive(Debug)]
pub(super) struct Unpacking {
    left: usize,
    /// Streams that are larger than they may be.
    pub(super) beyond: u32,
    /// Streams that are damaged.
    pub(super) damaged: u32,
}

impl Unpacking {
    pub(super) fn new() -> Self {
        Self { left: UNPACKED, beyond: 0, damaged: 0 }
    }

    /// What a stream holds; nothing if it cannot be read.
    pub(super) fn content(&mut self, stream: &Stream) -> Vec<u8> {
        let content = if stream.dict.has(b"Filter") {
            stream.decompressed_content_with_limit(STREAM.min(self.left))
        } else {
            Ok(stream.content.clone())
        };
        match content {
            Ok(content) if content.len() <= self.left => {
                self.left -= content.len();
                return content;
            }
            Ok(_) | Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                self.beyond += 1;
            }
            Err(_) => self.damaged += 1,
        }
        Vec::new()
    }
}

/// A part of the tree of pages, with what it has from those above it.
struct Node<'a> {
    object: &'a Object,
    depth: usize,
    resources: Option<&'a Dictionary>,
    area: Option<[f32; 4]>,
}

/// The pages in order; each part of the tree is visited once.
pub(super) fn pages(document: &Document) -> Vec<Page<'_>> {
    let mut pages = Vec::new();
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    let root = document.catalog().ok().and_then(|it| it.get(b"Pages").ok());
    let mut waiting: Vec<Node<'_>> = Vec::new();
    waiting.extend(root.map(|object| Node { object, depth: 0, resources: None, area: None }));
    while let Some(Node { object, depth, resources, area }) = waiting.pop() {
        if let Object::Reference(id) = object
            && !seen.insert(*id)
        {
            continue;
        }
        let Object::Dictionary(node) = resolve(document, object) else { continue };
        let resources = dictionary(document, node, b"Resources").or(resources);
        let area = area_of(document, node).or(area);
        match node.get(b"Kids").map(|it| resolve(document, it)) {
            Ok(Object::Array(kids)) if depth < DEPTH => {
                let kids = kids.iter().rev();
                waiting.extend(kids.map(|object| Node {
                    object,
                    depth: depth + 1,
                    resources,
                    area,
                }));
            }
            Ok(_) => {}
            Err(_) if pages.len() < PAGES => {
                pages.push(Page { dictionary: node, resources, area });
            }
            Err(_) => return pages,
        }
    }
    pages
}

/// What of a page is shown.
fn area_of(document: &Document, node: &Dictionary) -> Option<[f32; 4]> {
    let entry = node.get(b"CropBox").or_else(|_| node.get(b"MediaBox")).ok()?;
    let Object::Array(corners) = resolve(document, entry) else { return None };
    let mut sides = corners.iter().filter_map(|it| resolve(document, it).as_float().ok());
    let (a, b, c, d) = (sides.next()?, sides.next()?, sides.next()?, sides.next()?);
    let area = [a.min(c), b.min(d), a.max(c), b.max(d)];
    let sound = area.iter().all(|it| it.is_finite())
        && a.max(c) - a.min(c) > 1.0
        && b.max(d) - b.min(d) > 1.0;
    sound.then_some(area)
}
