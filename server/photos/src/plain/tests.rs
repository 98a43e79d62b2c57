//! What becomes of good files, and that bad ones are refused by their name, never by a panic.

use super::*;
use image::{
    ExtendedColorType, ImageEncoder, Rgb, codecs::png::PngEncoder, codecs::webp::WebPEncoder,
};
use proptest::prelude::*;

/// Red on the left, blue on the right.
fn two_halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x * 2 < width { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
    })
}

fn as_jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut out = vec![];
    JpegEncoder::new_with_quality(&mut out, 90).encode_image(picture).unwrap();
    out
}

fn as_png(picture: &RgbImage) -> Vec<u8> {
    let mut out = vec![];
    let (width, height) = picture.dimensions();
    PngEncoder::new(&mut out)
        .write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    out
}

fn as_webp(picture: &RgbImage) -> Vec<u8> {
    let mut out = vec![];
    let (width, height) = picture.dimensions();
    WebPEncoder::new_lossless(&mut out)
        .encode(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    out
}

/// A segment of EXIF with an orientation, a device and a position, behind the first marker.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x0f, 1, 2, 0, 20, 0, 0, 0, 0x26, 0, 0, 0]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(b"SecretPhone GPS38.71");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let comment = b"\xff\xfe\0\x10secret words!!";
    [&jpeg[..2], b"\xff\xe1", &length, &exif, comment, &jpeg[2..]].concat()
}

fn read(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().to_rgb8()
}

fn is_red(pixel: &Rgb<u8>) -> bool {
    pixel.0[0] > 150 && pixel.0[2] < 100
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|part| part == words)
}

#[test]
fn a_photo_of_each_kind_comes_out_as_two_small_jpegs() {
    let picture = two_halves(2_000, 1_000);
    for file in [as_jpeg(&picture), as_png(&picture), as_webp(&picture)] {
        let made = made(&file).unwrap();

        assert_eq!((made.width, made.height), (1_600, 800));
        let (large, small) = (read(&made.large), read(&made.small));
        assert_eq!((large.dimensions(), small.dimensions()), ((1_600, 800), (480, 240)));
        assert!(is_red(large.get_pixel(100, 400)) && !is_red(large.get_pixel(1_500, 400)));
        assert!(made.large.starts_with(b"\xff\xd8\xff"));
    }
}

#[test]
fn a_small_picture_is_not_blown_up() {
    let made = made(&as_png(&two_halves(30, 20))).unwrap();

    assert_eq!((made.width, made.height), (30, 20));
    assert_eq!(read(&made.small).dimensions(), (30, 20));
}

#[test]
fn a_photo_taken_on_its_side_stands_upright() {
    // 6: the top of the picture is on the right of what the sensor saw.
    let made = made(&with_exif(&as_jpeg(&two_halves(80, 40)), 6)).unwrap();

    assert_eq!((made.width, made.height), (40, 80));
    let large = read(&made.large);
    assert!(is_red(large.get_pixel(20, 5)) && !is_red(large.get_pixel(20, 75)));
}

#[test]
fn no_place_no_device_and_no_word_that_was_in_the_file_is_left() {
    let file = with_exif(&as_jpeg(&two_halves(80, 40)), 1);
    assert!(holds(&file, b"SecretPhone") && holds(&file, b"GPS38.71"));

    let made = made(&file).unwrap();

    for kept in [&made.large, &made.small] {
        for secret in [&b"Secret"[..], b"GPS", b"secret", b"Exif", b"ICC_PROFILE"] {
            assert!(!holds(kept, secret));
        }
    }
}

#[test]
fn another_file_behind_the_picture_does_not_come_through() {
    let page = b"<script>alert(1)</script>PK\x03\x04 evil.zip".as_slice();
    let file = [as_jpeg(&two_halves(80, 40)).as_slice(), page].concat();

    let made = made(&file).unwrap();

    assert!(!holds(&made.large, b"<script>") && !holds(&made.large, b"PK\x03\x04"));
}

#[test]
fn what_is_no_photo_is_told_by_its_first_bytes_and_not_by_its_name() {
    let gif =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let bmp = b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0";
    for file in [
        b"".as_slice(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"MZ\x90\0",
        b"<html>hello</html>",
        gif,
        heic,
        bmp,
    ] {
        assert_eq!(made(file), Err(Unfit::Kind), "{file:?}");
    }
}

#[test]
fn what_breaks_off_is_damaged() {
    let picture = two_halves(300, 200);
    for file in [as_png(&picture), as_webp(&picture)] {
        for keep in [12, 20, file.len() / 2, file.len() - 20] {
            let outcome = made(&file[..keep]);
            assert!(matches!(outcome, Err(Unfit::Damaged | Unfit::Kind)), "{keep}: {outcome:?}");
        }
    }
    let jpeg = as_jpeg(&picture);
    assert!(matches!(made(&jpeg[..20]), Err(Unfit::Damaged)));
    // Half a JPEG is half a picture: whichever, it is decided and nothing breaks.
    let _ = made(&jpeg[..jpeg.len() / 2]);
}

#[test]
fn a_file_that_is_too_large_is_not_even_looked_at() {
    let file = vec![0xff; MOST_BYTES + 1];

    assert_eq!(made(&file), Err(Unfit::Bytes));
}

/// The head of a PNG that says so many pixels, with hardly any behind it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut file = as_png(&two_halves(8, 8));
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&file[12..29]);
    file[29..33].copy_from_slice(&sum.to_be_bytes());
    file
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
        })
    };
    !bytes.iter().fold(!0, step)
}

#[test]
fn a_small_file_that_says_it_is_huge_takes_no_memory() {
    for (width, height) in [(60_000, 60_000), (u32::MAX >> 1, 1), (1, 50_000_001), (7_072, 7_072)] {
        assert_eq!(made(&bomb(width, height)), Err(Unfit::Pixels), "{width} × {height}");
    }
    // The same with as many as may be: it is read, and breaks off.
    assert_eq!(made(&bomb(300, 300)), Err(Unfit::Damaged));
}

#[test]
fn what_can_be_seen_through_is_laid_on_white() {
    let mut file = vec![];
    let clear = [0, 0, 0, 0].repeat(16);
    PngEncoder::new(&mut file).write_image(&clear, 4, 4, ExtendedColorType::Rgba8).unwrap();

    let made = made(&file).unwrap();

    assert!(read(&made.large).pixels().all(|pixel| pixel.0.iter().all(|colour| *colour > 250)));
}

#[test]
fn the_same_file_has_the_same_digest_and_another_has_not() {
    let (one, other) = (as_jpeg(&two_halves(80, 40)), as_jpeg(&two_halves(80, 44)));
    let digest = |file: &[u8]| made(file).unwrap().digest;

    assert_eq!(digest(&one), digest(&one));
    assert_ne!(digest(&one), digest(&other));
}

#[tokio::test]
async fn many_at_once_take_their_turns() {
    let file = as_png(&two_halves(640, 480));
    let all: Vec<_> = (0..6).map(|_| tokio::spawn(plain(file.clone()))).collect();

    for one in all {
        assert!(one.await.unwrap().is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_file_whatever_breaks_the_house(
        kind in 0_usize..3, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
        cut in any::<prop::sample::Index>(), cuts: bool,
    ) {
        let picture = two_halves(40, 30);
        let mut file = [as_jpeg, as_png, as_webp][kind](&picture);
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if cuts {
            file.truncate(cut.index(file.len()));
        }
        if let Ok(made) = made(&file) {
            prop_assert!(made.width.max(made.height) <= LARGE);
        }
    }
}
