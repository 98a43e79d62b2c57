//! A file that somebody sent, as a picture of ours: upright, small, and without anything but its
//! pixels. What is kept is encoded anew, so nothing that hides in a file comes through: no place, no
//! device, no other file behind the picture.

use bytes::Bytes;
use domain::requests::photos::{LARGE, MOST_BYTES, MOST_PIXELS, SMALL, Unfit};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};
use sha2::{Digest, Sha256};
use std::{io::Cursor, sync::LazyLock};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// So many are decoded at once: each may take some 300 MB for a moment.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// The most memory that decoding one may ask for, in bytes: four for each pixel.
const MOST_MEMORY: u64 = MOST_PIXELS * 4;

/// The quality of what is kept, of 100.
const QUALITY: u8 = 82;

/// A picture of ours: JPEG twice, with no metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// At most [`LARGE`] pixels on its longer side.
    pub large: Bytes,
    /// At most [`SMALL`].
    pub small: Bytes,
    /// The width of the large one, in pixels.
    pub width: u32,
    /// Its height, in pixels.
    pub height: u32,
    /// The hash of the large one: the same file sent twice is told.
    pub digest: String,
}

/// Makes a picture of ours from a file, beside those who answer.
///
/// # Errors
/// [`Unfit`] with what is wrong with the file.
pub async fn plain(file: Vec<u8>) -> Result<Plain, Unfit> {
    // It is never closed.
    let turn = AT_ONCE.acquire().await.map_err(|_| Unfit::Damaged)?;
    let made = spawn_blocking(move || made(&file)).await;
    drop(turn);
    // A decoder that panics has met a file that it cannot read.
    made.unwrap_or(Err(Unfit::Damaged))
}

fn made(file: &[u8]) -> Result<Plain, Unfit> {
    if file.len() > MOST_BYTES {
        return Err(Unfit::Bytes);
    }
    let upright = decoded(file)?;
    let large = jpeg(&upright, LARGE)?;
    let small = jpeg(&upright, SMALL)?;
    let (width, height) = (large.1, large.2);
    let digest = hex::encode(Sha256::digest(&large.0));
    Ok(Plain { large: large.0, small: small.0, width, height, digest })
}

/// The picture, upright. What kind of file it is, is read from its first bytes: names and types that
/// come with a file are only what somebody says.
fn decoded(file: &[u8]) -> Result<DynamicImage, Unfit> {
    let kind = image::guess_format(file).map_err(|_| Unfit::Kind)?;
    if !matches!(kind, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(Unfit::Kind);
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), kind);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|error| unfit(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(Unfit::Pixels);
    }
    // Before a pixel is read; a file without a place for it is upright.
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    decoder.set_limits(limits).map_err(|error| unfit(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| unfit(&error))?;
    picture.apply_orientation(turned);
    Ok(picture)
}

fn unfit(error: &ImageError) -> Unfit {
    match error {
        ImageError::Limits(_) => Unfit::Pixels,
        ImageError::Unsupported(_) => Unfit::Kind,
        _ => Unfit::Damaged,
    }
}

/// A JPEG of at most so many pixels on the longer side, with its width and height.
fn jpeg(picture: &DynamicImage, longest: u32) -> Result<(Bytes, u32, u32), Unfit> {
    let larger = picture.width().max(picture.height()) > longest;
    let shrunk;
    let picture = if larger {
        shrunk = picture.resize(longest, longest, FilterType::Triangle);
        &shrunk
    } else {
        picture
    };
    let pixels = on_white(picture);
    let mut out = vec![];
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(&pixels)
        .map_err(|_| Unfit::Damaged)?;
    Ok((out.into(), pixels.width(), pixels.height()))
}

/// JPEG knows nothing that one can see through: it is laid on white paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let clear = picture.to_rgba8();
    let mut paper = RgbImage::new(clear.width(), clear.height());
    for (to, from) in paper.pixels_mut().zip(clear.pixels()) {
        let [red, green, blue, seen] = from.0;
        let over = |colour: u8| {
            let (colour, seen) = (u16::from(colour), u16::from(seen));
            u8::try_from((colour * seen + 255 * (255 - seen)) / 255).unwrap_or(u8::MAX)
        };
        to.0 = [over(red), over(green), over(blue)];
    }
    paper
}

#[cfg(test)]
mod tests;
