//! Pictures (PNG) of Loket's own drawings, with the letters in `assets/fonts` and no others: what a picture looks like does not depend on
//! the machine, and nothing outside the drawing is ever read.

mod small;

pub use small::smaller;

use crate::ports::{Draw, PaperError};
use async_trait::async_trait;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};
use std::sync::Arc;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");
const FAMILY: &str = "DejaVu Sans";
/// Nobody looks at a larger picture, and its pixels would be held in memory.
const LARGEST: f32 = 4_096.0;

/// Makes pictures.
#[derive(Clone)]
pub struct Pictures {
    fonts: Arc<fontdb::Database>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self::new()
    }
}

impl Pictures {
    /// Loads the letters; once, since they are then shared.
    pub fn new() -> Self {
        let mut fonts = fontdb::Database::new();
        for font in [REGULAR, BOLD] {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
        }
        Self { fonts: Arc::new(fonts) }
    }

    /// The drawing as PNG, on the calling thread.
    pub fn draw(&self, svg: &str) -> Result<Vec<u8>, PaperError> {
        self.pixels(svg)?.encode_png().map_err(|_| broken("the pixels could not be written"))
    }

    fn pixels(&self, svg: &str) -> Result<Pixmap, PaperError> {
        let tree = self.tree(svg)?;
        let size = tree.size();
        if size.width() > LARGEST || size.height() > LARGEST {
            return Err(PaperError::TooLarge);
        }
        let size = size.to_int_size();
        let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PaperError::TooLarge)?;
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        Ok(pixels)
    }

    fn tree(&self, svg: &str) -> Result<Tree, PaperError> {
        let options = Options {
            font_family: FAMILY.to_owned(),
            fontdb: Arc::clone(&self.fonts),
            // Left to itself, the library reads files that a drawing names.
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        // The library's own sentence may quote the drawing, and with it a name.
        Tree::from_str(svg, &options).map_err(|_| broken("the drawing cannot be read"))
    }
}

#[async_trait]
impl Draw for Pictures {
    async fn png(&self, svg: String) -> Result<Vec<u8>, PaperError> {
        let this = self.clone();
        let drawn = tokio::task::spawn_blocking(move || this.draw(&svg)).await;
        drawn.unwrap_or_else(|_| Err(broken("drawing ended early")))
    }
}

fn broken(why: &str) -> PaperError {
    PaperError::Broken { why: why.to_owned() }
}

#[cfg(test)]
mod tests;
