//! Pictures as files: an SVG as it is, and a PNG of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use crate::plots::Drawn;

/// How many pixels of a PNG a unit of the SVG has.
const SCALE: f32 = 2.0;

/// Writes the SVG and a PNG of it under `target/pictures`, and says where.
pub fn save(svg: &str, name: &str) -> Drawn {
    let folder = PathBuf::from("target/pictures");
    std::fs::create_dir_all(&folder)?;
    for extension in ["svg", "png"] {
        let path = folder.join(format!("{name}.{extension}"));
        write_picture(svg, &path)?;
        println!("wrote {}", path.display());
    }
    Ok(())
}

/// Writes the SVG, or a PNG of it, as the path's extension says.
///
/// # Errors
/// For other extensions, and where the file cannot be written.
pub fn write_picture(svg: &str, path: &Path) -> Drawn {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => Ok(std::fs::write(path, svg)?),
        Some("png") => png(svg, path),
        _ => Err(format!("{}: a picture's name ends in .svg or .png", path.display()).into()),
    }
}

fn png(svg: &str, path: &Path) -> Drawn {
    let mut fonts = Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or("a picture without size")?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("a picture without size")?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    Ok(pixels.save_png(path)?)
}
