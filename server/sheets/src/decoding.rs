//! Text in the encodings that spreadsheets in China save: UTF-8 with and without a mark, GB18030,
//! UTF-16. A file that is none of them is refused; nothing is guessed letter by letter.

use domain::imports::FileFault;
use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8};
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek},
};

/// Bytes read and decoded at once.
const CHUNK: usize = 64 << 10;

/// The encoding of a whole file.
///
/// # Errors
/// [`FileFault::Encoding`] when it is none of ours, [`FileFault::Damaged`] when it cannot be read.
pub fn encoding_of(file: &mut File) -> Result<&'static Encoding, FileFault> {
    let mut begin = [0; 4];
    file.rewind().map_err(damaged)?;
    let length = file.read(&mut begin).map_err(damaged)?;
    if let Some((marked, _)) = Encoding::for_bom(&begin[..length]) {
        return Ok(marked);
    }
    for encoding in [UTF_8, GB18030] {
        if io::copy(&mut Decoded::new(file, encoding)?, &mut io::sink()).is_ok() {
            return Ok(encoding);
        }
    }
    Err(FileFault::Encoding)
}

fn damaged(_: io::Error) -> FileFault {
    FileFault::Damaged
}

/// A file as UTF-8, from its beginning, without a mark.
pub struct Decoded<'a> {
    file: BufReader<&'a mut File>,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` has not been decoded yet.
    rest: std::ops::Range<usize>,
    text: Vec<u8>,
    /// What of `text` has not been read yet.
    ready: std::ops::Range<usize>,
    ended: bool,
}

impl<'a> Decoded<'a> {
    /// Begins at the beginning.
    ///
    /// # Errors
    /// [`FileFault::Damaged`].
    pub fn new(file: &'a mut File, encoding: &'static Encoding) -> Result<Self, FileFault> {
        file.rewind().map_err(damaged)?;
        Ok(Self {
            file: BufReader::with_capacity(CHUNK, file),
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            rest: 0..0,
            // Every letter fits, however many bytes it becomes.
            text: vec![0; CHUNK * 3],
            ready: 0..0,
            ended: false,
        })
    }

    fn fill(&mut self) -> io::Result<()> {
        while self.ready.is_empty() && !self.ended {
            if self.rest.is_empty() {
                let length = self.file.read(&mut self.raw)?;
                self.rest = 0..length;
            }
            let last = self.rest.is_empty();
            let (outcome, read, written) = self.decoder.decode_to_utf8_without_replacement(
                &self.raw[self.rest.clone()],
                &mut self.text,
                last,
            );
            if matches!(outcome, DecoderResult::Malformed(..)) {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.rest.start += read;
            self.ready = 0..without_returns(&mut self.text[..written]);
            self.ended = last && outcome == DecoderResult::InputEmpty;
        }
        Ok(())
    }
}

/// Leaves carriage returns out, so that lines are counted as people see them; says what is left.
fn without_returns(text: &mut [u8]) -> usize {
    let mut kept = 0;
    for at in 0..text.len() {
        if text[at] != b'\r' {
            text[kept] = text[at];
            kept += 1;
        }
    }
    kept
}

impl Read for Decoded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let length = into.len().min(self.ready.len());
        let from = self.ready.start;
        into[..length].copy_from_slice(&self.text[from..from + length]);
        self.ready.start += length;
        Ok(length)
    }
}
