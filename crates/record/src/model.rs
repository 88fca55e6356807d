//! A small linear model over hashed features, kept in one file.
//!
//! Three questions share its weights: whose words a passage is, whether a passage is a quotation at all,
//! and where a lost mark belongs. A feature is a question's template with a value; the pair is hashed to
//! one of 2¹⁸ weights, and the sum of the weights is the score.

use std::sync::LazyLock;

/// Weights in the file.
pub(crate) const SIZE: usize = 1 << 18;
/// The parts of 1 that a weight is counted in: a byte then holds -4 to 4.
pub(crate) const STEPS: f32 = 32.0;

/// Weights as a command in the repository learns and writes them.
#[derive(Clone)]
pub struct Weights {
    pub(crate) table: Vec<i8>,
    pub(crate) curve: Curve,
}

/// How a probability of the model, which is surer than it should be, becomes a confidence: a logistic
/// curve over the logit, fitted on articles that the model had not seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Curve {
    pub slope: f32,
    pub offset: f32,
}

impl Curve {
    pub fn confidence(self, logit: f32) -> f32 {
        sigmoid(self.slope * logit + self.offset)
    }
}

/// A file that is not weights.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotWeights;

impl std::fmt::Display for NotWeights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "these are not weights of the record: they are {} bytes and begin with “{MAGIC}”", LEN)
    }
}

impl std::error::Error for NotWeights {}

const MAGIC: &str = "masthead record 1\n";
const LEN: usize = MAGIC.len() + 8 + SIZE;

impl Weights {
    /// The weights that come with the crate.
    pub fn built_in() -> &'static Weights {
        static BUILT_IN: LazyLock<Weights> =
            LazyLock::new(|| Weights::read(include_bytes!("../weights.bin")).unwrap_or_else(|_| Weights::empty()));
        &BUILT_IN
    }

    /// Weights that know nothing.
    pub fn empty() -> Weights {
        Weights { table: vec![0; SIZE], curve: Curve { slope: 1.0, offset: 0.0 } }
    }

    /// Reads what [`Weights::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Weights, NotWeights> {
        let rest = bytes.strip_prefix(MAGIC.as_bytes()).filter(|_| bytes.len() == LEN).ok_or(NotWeights)?;
        let (curve, table) = rest.split_at(8);
        let number = |at: usize| f32::from_le_bytes([curve[at], curve[at + 1], curve[at + 2], curve[at + 3]]);
        let curve = Curve { slope: number(0), offset: number(4) };
        if !curve.slope.is_finite() || !curve.offset.is_finite() {
            return Err(NotWeights);
        }
        Ok(Weights { table: table.iter().map(|&byte| byte as i8).collect(), curve })
    }

    /// The file: a line that names it, the curve, a byte for each weight.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.as_bytes().to_vec();
        bytes.extend(self.curve.slope.to_le_bytes());
        bytes.extend(self.curve.offset.to_le_bytes());
        bytes.extend(self.table.iter().map(|&weight| weight as u8));
        bytes
    }

    pub(crate) fn score(&self, features: &Features) -> f32 {
        let sum: i32 = features.0.iter().map(|&feature| i32::from(self.table[feature as usize])).sum();
        sum as f32 / STEPS
    }
}

/// The features of one case, as places of their weights.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features(pub Vec<u32>);

impl Features {
    /// Adds a feature: its template, a number of the question's own, and its value.
    pub fn put(&mut self, template: u64, value: u64) {
        let mixed = (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        self.0.push((mixed >> (64 - SIZE.trailing_zeros())) as u32);
    }
}

/// Several small values as one.
pub(crate) fn join(parts: &[u64]) -> u64 {
    parts
        .iter()
        .fold(0x51_7cc1_b727_220a_u64, |all, part| (all.rotate_left(7) ^ part).wrapping_mul(0x2545_f491_4f6c_dd1d))
}

pub(crate) fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// The probability of each case when one of them must be right.
pub(crate) fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_they_were_written() {
        let mut weights = Weights::empty();
        weights.table[7] = -3;
        weights.curve.slope = 0.5;
        let read = Weights::read(&weights.write()).expect("weights");
        assert_eq!((read.table[7], read.curve), (-3, weights.curve));
        assert_eq!(Weights::read(b"masthead record 1\n").err(), Some(NotWeights));
    }

    #[test]
    fn the_built_in_weights_are_under_a_megabyte_and_readable() {
        let bytes = include_bytes!("../weights.bin");
        assert!(bytes.len() < 1_000_000);
        assert!(Weights::read(bytes).is_ok());
    }
}
