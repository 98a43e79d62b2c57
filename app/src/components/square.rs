//! A square for cameras.

use fast_qr::{ECL, QRBuilder, convert::svg::SvgBuilder};

/// An address as a square: black on white, however dark the house looks.
pub fn square(address: &str) -> String {
    let code = QRBuilder::new(address).ecl(ECL::M).build();
    // What it is, is said by the box around it.
    let hidden = |svg: String| svg.replacen("<svg ", "<svg aria-hidden=\"true\" ", 1);
    code.map(|code| hidden(SvgBuilder::default().to_str(&code))).unwrap_or_default()
}
