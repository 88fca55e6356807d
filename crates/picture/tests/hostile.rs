//! No file, however broken, makes this crate panic.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use picture::{Rights, decode, probe, rights, write_rights};

#[test]
fn a_file_cut_off_anywhere_is_refused_or_read() {
    for file in files() {
        for length in (0..file.len()).step_by(97) {
            read(&file[..length]);
        }
    }
}

#[test]
fn a_file_with_wrong_bytes_is_refused_or_read() {
    let mut dice = Dice(20_250_818);
    for file in files() {
        for _ in 0..300 {
            let mut file = file.clone();
            for _ in 0..=dice.below(8) {
                let at = dice.below(file.len());
                match dice.below(4) {
                    0 => file[at] = 0xff,
                    1 => file[at] = 0,
                    2 => file[at] ^= 1 << dice.below(8),
                    // Headers are where the damage is most interesting.
                    _ => file[at % 256] = dice.below(256) as u8,
                }
            }
            read(&file);
        }
    }
}

fn read(file: &[u8]) {
    let facts = probe(file);
    let found = rights(file);
    if let Ok(picture) = decode(file) {
        let facts = facts.expect("what is decoded was probed");
        assert_eq!((facts.width, facts.height), (picture.width(), picture.height()));
    }
    found.credit();
    write_rights(file.to_vec(), &found);
}

/// A picture of each format, with rights in those that can carry them.
fn files() -> Vec<Vec<u8>> {
    let pixels = RgbImage::from_fn(48, 36, |x, y| Rgb([(x * 5) as u8, (y * 7) as u8, (x * y) as u8]));
    let mut carried = Rights { copyright: Some("© Crown copyright".into()), ..Rights::default() };
    carried.caption = Some("The harbour & the wall. ".repeat(20));
    [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP]
        .into_iter()
        .map(|format| {
            let mut out = Cursor::new(Vec::new());
            pixels.write_to(&mut out, format).expect("our pictures can be written");
            write_rights(out.into_inner(), &carried)
        })
        .collect()
}

/// Knuth's linear congruential generator: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
