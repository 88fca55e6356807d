//! Pixels: decoding, making smaller, encoding.

use fast_image_resize::{ResizeOptions, Resizer};
use image::{
    DynamicImage, ImageEncoder,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use img_parts::{Bytes, ImageICC, webp::WebP};

use crate::{
    facts::{NotAPicture, damaged, probe, reader},
    format::Format,
    packets::Packets,
};

/// A decoded picture: 8 bits a channel, upright, with an alpha channel only when a pixel of it is
/// not opaque.
#[derive(Clone, Debug)]
pub struct Picture {
    /// `ImageRgb8` or `ImageRgba8`.
    pixels: DynamicImage,
    /// What the numbers of the pixels mean, if not sRGB. Goes into every derivative.
    colour_profile: Option<Bytes>,
}

/// Why a picture could not be encoded. No picture that [`decode`] gives has a size that its
/// encoders refuse, so this is memory that ran out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to encode the picture: {0}")]
pub struct NotEncoded(String);

/// Decodes a picture and turns it upright. Of an animation, the first frame.
///
/// Everything that [`probe`] refuses is refused here, before memory is taken. A JPEG that is cut
/// off gives the part that is there.
pub fn decode(bytes: &[u8]) -> Result<Picture, NotAPicture> {
    let format = probe(bytes)?.format;
    let packets = Packets::of(bytes);
    let mut pixels = reader(bytes, format).decode().map_err(|error| damaged(format, error))?;
    pixels.apply_orientation(packets.orientation());
    let pixels = match pixels {
        DynamicImage::ImageRgb8(_) => pixels,
        _ if !pixels.color().has_alpha() => pixels.into_rgb8().into(),
        _ => {
            let pixels = pixels.into_rgba8();
            match pixels.pixels().all(|pixel| pixel[3] == u8::MAX) {
                true => DynamicImage::from(pixels).into_rgb8().into(),
                false => pixels.into(),
            }
        }
    };
    Ok(Picture { pixels, colour_profile: packets.colour_profile })
}

impl Picture {
    /// Its width in pixels.
    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Its height in pixels.
    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    /// Whether something shows through it.
    pub fn has_transparency(&self) -> bool {
        self.pixels.color().has_alpha()
    }

    /// The whole picture at this width, its height in proportion (at least 1). Never enlarges: a
    /// picture that is narrower already comes back as it is.
    pub fn resized(&self, width: u32) -> Picture {
        if width >= self.width() {
            return self.clone();
        }
        let width = width.max(1);
        let height = u64::from(self.height()) * u64::from(width) / u64::from(self.width());
        self.scaled(width, u32::try_from(height).unwrap_or(u32::MAX).max(1))
    }

    /// The middle of the picture, filling this box. Never enlarges: of a smaller picture, the
    /// largest part in the proportions of the box.
    pub fn resized_to(&self, width: u32, height: u32) -> Picture {
        let (width, height) = (width.max(1), height.max(1));
        let fit = f64::min(f64::from(self.width()) / f64::from(width), f64::from(self.height()) / f64::from(height));
        let shrunk = |side: u32| (f64::from(side) * fit.min(1.0)).round().max(1.0) as u32;
        let (width, height) = (shrunk(width).min(self.width()), shrunk(height).min(self.height()));
        match (width, height) == (self.width(), self.height()) {
            true => self.clone(),
            false => self.scaled(width, height),
        }
    }

    /// As JPEG, `quality` from 1 to 100. What is transparent becomes white.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, NotEncoded> {
        let mut out = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut out, quality.clamp(1, 100));
        if let Some(icc) = &self.colour_profile {
            encoder.set_icc_profile(icc.to_vec()).map_err(not_encoded)?;
        }
        self.on_white().write_with_encoder(encoder).map_err(not_encoded)?;
        Ok(out)
    }

    /// As lossy WebP, `quality` from 1 to 100. Transparency is kept.
    pub fn webp(&self, quality: u8) -> Result<Vec<u8>, NotEncoded> {
        let (width, height) = (self.width(), self.height());
        let encoder = match &self.pixels {
            DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
            pixels => webp::Encoder::from_rgb(pixels.as_bytes(), width, height),
        };
        let quality = f32::from(quality.clamp(1, 100));
        let encoded = encoder.encode_simple(false, quality).map_err(|error| NotEncoded(format!("{error:?}")))?;
        let Some(icc) = self.colour_profile.clone() else {
            return Ok(encoded.to_vec());
        };
        let mut webp = WebP::from_bytes(Bytes::copy_from_slice(&encoded)).map_err(not_encoded)?;
        webp.set_icc_profile(Some(icc));
        Ok(webp.encoder().bytes().to_vec())
    }

    /// As PNG, without loss.
    pub fn png(&self) -> Result<Vec<u8>, NotEncoded> {
        let mut out = Vec::new();
        let mut encoder = PngEncoder::new(&mut out);
        if let Some(icc) = &self.colour_profile {
            encoder.set_icc_profile(icc.to_vec()).map_err(not_encoded)?;
        }
        self.pixels.write_with_encoder(encoder).map_err(not_encoded)?;
        Ok(out)
    }

    /// In a format that every browser shows: PNG when something shows through, otherwise JPEG of
    /// this quality.
    pub fn plain(&self, quality: u8) -> Result<(Format, Vec<u8>), NotEncoded> {
        match self.has_transparency() {
            true => Ok((Format::Png, self.png()?)),
            false => Ok((Format::Jpeg, self.jpeg(quality)?)),
        }
    }

    /// Scales to exactly this size, cropping what does not fit its proportions evenly on both
    /// sides.
    fn scaled(&self, width: u32, height: u32) -> Picture {
        let mut pixels = DynamicImage::new(width, height, self.pixels.color());
        let options = ResizeOptions::new().fit_into_destination(None);
        Resizer::new()
            .resize(&self.pixels, &mut pixels, &options)
            .expect("both pictures have pixels of one kind, and at least one of them");
        Picture { pixels, colour_profile: self.colour_profile.clone() }
    }

    fn on_white(&self) -> DynamicImage {
        let DynamicImage::ImageRgba8(pixels) = &self.pixels else {
            return self.pixels.clone();
        };
        let mut flat = image::RgbImage::new(pixels.width(), pixels.height());
        for (below, above) in flat.pixels_mut().zip(pixels.pixels()) {
            let alpha = u32::from(above[3]);
            for channel in 0..3 {
                let mixed = (u32::from(above[channel]) * alpha + 255 * (255 - alpha)) / 255;
                below[channel] = u8::try_from(mixed).unwrap_or(u8::MAX);
            }
        }
        flat.into()
    }
}

fn not_encoded(error: impl std::fmt::Display) -> NotEncoded {
    NotEncoded(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, gif, jpeg, png, webp};

    fn size(picture: &Picture) -> (u32, u32) {
        (picture.width(), picture.height())
    }

    #[test]
    fn every_format_is_decoded() {
        for bytes in [jpeg(40, 30), png(40, 30), webp(40, 30), gif(40, 30, 2)] {
            let picture = decode(&bytes).expect("a picture");
            assert_eq!((size(&picture), picture.has_transparency()), ((40, 30), false));
        }
    }

    #[test]
    fn a_picture_on_its_side_is_turned_upright() {
        let upright = decode(&samples::turned(jpeg(40, 30), 6)).expect("a picture");
        assert_eq!(size(&upright), (30, 40));
        // The red corner, first in the file, belongs at the top right.
        let corner = upright.pixels.to_rgb8();
        assert!(corner.get_pixel(28, 1)[0] > 200 && corner.get_pixel(1, 1)[0] < 100);
    }

    #[test]
    fn a_picture_is_made_smaller_and_never_larger() {
        let picture = decode(&png(400, 300)).expect("a picture");
        assert_eq!(size(&picture.resized(100)), (100, 75));
        assert_eq!(size(&picture.resized(400)), (400, 300));
        assert_eq!(size(&picture.resized(4000)), (400, 300));
        assert_eq!(size(&picture.resized(0)), (1, 1));
        assert_eq!(size(&picture.resized_to(100, 100)), (100, 100));
        assert_eq!(size(&picture.resized_to(1200, 630)), (400, 210));
        assert_eq!(size(&picture.resized_to(800, 600)), (400, 300));
        assert_eq!(size(&picture.resized_to(0, 50)), (1, 50));
        assert_eq!(size(&decode(&png(400, 1)).expect("a picture").resized(20)), (20, 1));
    }

    #[test]
    fn derivatives_are_pictures_of_their_format() {
        let picture = decode(&jpeg(64, 48)).expect("a picture").resized(32);
        for (bytes, format) in
            [(picture.jpeg(80), Format::Jpeg), (picture.webp(80), Format::WebP), (picture.png(), Format::Png)]
        {
            let facts = probe(&bytes.expect("it is encoded")).expect("it is a picture");
            assert_eq!((facts.format, facts.width, facts.height), (format, 32, 24));
        }
    }

    #[test]
    fn transparency_is_kept_or_becomes_white() {
        let picture = decode(&samples::png_with_alpha(16, 16)).expect("a picture");
        assert!(picture.has_transparency());
        assert_eq!(picture.plain(80).expect("it is encoded").0, Format::Png);
        assert!(decode(&picture.webp(80).expect("WebP")).expect("a picture").has_transparency());
        let flat = decode(&picture.jpeg(90).expect("JPEG")).expect("a picture");
        assert!(!flat.has_transparency());
        assert!(flat.pixels.to_rgb8().get_pixel(0, 0)[1] > 240, "the clear corner is white");
        assert_eq!(flat.plain(80).expect("it is encoded").0, Format::Jpeg);
    }

    #[test]
    fn an_opaque_alpha_channel_is_no_transparency() {
        assert!(!decode(&samples::png_opaque_rgba(8, 8)).expect("a picture").has_transparency());
    }

    #[test]
    fn a_colour_profile_goes_into_the_derivatives() {
        let source = samples::with_colour_profile(jpeg(32, 32));
        let picture = decode(&source).expect("a picture").resized(16);
        for bytes in [picture.jpeg(80), picture.webp(80), picture.png()] {
            let profile = Packets::of(&bytes.expect("it is encoded")).colour_profile;
            assert_eq!(profile.as_deref(), Some(&samples::COLOUR_PROFILE[..]));
        }
    }

    #[test]
    fn bombs_and_damage_are_refused() {
        assert!(matches!(decode(&samples::png_header(50_000, 50_000)), Err(NotAPicture::TooManyPixels { .. })));
        assert!(matches!(decode(&samples::png_header(5_000, 5_000)), Err(NotAPicture::Damaged { .. })));
        assert!(decode(b"GIF89a").is_err());
    }
}
