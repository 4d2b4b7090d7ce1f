//! The same picture in fewer bytes, for pictures that are kept beside the source.

use super::broken;
use crate::ports::PaperError;
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::Pixmap;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

type Colour = [u8; 3];

/// So many colours a palette holds.
const PALETTE: usize = 256;

/// The picture with a palette. Pages and charts have a handful of colours and the shades between them that smooth their letters: of more
/// than a palette holds, the rarest become the nearest of the others. What could be seen through becomes white.
pub fn smaller(png: &[u8]) -> Result<Vec<u8>, PaperError> {
    let picture = Pixmap::decode_png(png).map_err(|_| broken("the picture cannot be read"))?;
    let pixels: Vec<Colour> = picture.pixels().iter().map(|pixel| on_white(*pixel)).collect();
    let (palette, indices) = few(&pixels);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices));
    written.map_err(|_| broken("the picture could not be written"))?;
    Ok(bytes)
}

/// Its colours are already multiplied by how little can be seen through them.
fn on_white(pixel: resvg::tiny_skia::PremultipliedColorU8) -> Colour {
    let white = u8::MAX - pixel.alpha();
    [pixel.red(), pixel.green(), pixel.blue()].map(|part| part.saturating_add(white))
}

/// Few enough colours, and which of them each pixel has.
fn few(pixels: &[Colour]) -> (Vec<Colour>, Vec<u8>) {
    let mut counts: FxHashMap<Colour, u32> = FxHashMap::default();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    // The most frequent stay what they are, papers and inks among them; each other one becomes the nearest of these.
    let mut colours: Vec<(Colour, u32)> = counts.into_iter().collect();
    colours.sort_by_key(|(colour, count)| (Reverse(*count), *colour));
    let palette: Vec<Colour> = colours.iter().take(PALETTE).map(|(colour, _)| *colour).collect();
    let nearest = |colour: Colour| {
        let indices = (0..=u8::MAX).zip(&palette);
        let distant = |(_, known): &(u8, &Colour)| distance(**known, colour);
        (colour, indices.min_by_key(distant).map_or(0, |(index, _)| index))
    };
    let stands: FxHashMap<Colour, u8> = colours.iter().map(|(colour, _)| nearest(*colour)).collect();
    let indices = pixels.iter().map(|pixel| stands.get(pixel).copied().unwrap_or(0)).collect();
    (palette, indices)
}

fn distance(one: Colour, other: Colour) -> u32 {
    one.into_iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}
