//! Chance that can be repeated.

/// A small generator (xorshift64), so that a failure can be repeated.
pub struct Random(pub u64);

impl Random {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        for (left, shift) in [(true, 13), (false, 7), (true, 17)] {
            self.0 ^= if left { self.0 << shift } else { self.0 >> shift };
        }
        (self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) as usize % end.max(1)
    }

    /// A text with some of its words replaced, repeated, cut out or moved.
    pub fn mutate(&mut self, seeds: &[String]) -> String {
        const SPICE: [&str; 24] = [
            "<",
            ">",
            "</p>",
            "<p>",
            "<b>",
            "<ul><li>",
            "<table>",
            "<svg>",
            "<a href=x>",
            "<!--",
            "-->",
            "\u{0}",
            "é",
            "😀",
            "null",
            "-1",
            "1e400",
            "[]",
            "{}",
            "\"\"",
            "\"paragraph\"",
            "\"listitem\"",
            "\"image\"",
            "\\ud83d",
        ];
        let seed = &seeds[self.below(seeds.len())];
        let mut words: Vec<String> = seed.split_inclusive(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
        for _ in 0..1 + self.below(4) {
            if words.is_empty() {
                break;
            }
            let (at, other) = (self.below(words.len()), self.below(words.len()));
            match self.below(5) {
                0 => words[at] = SPICE[self.below(SPICE.len())].to_owned(),
                1 => words.insert(at, SPICE[self.below(SPICE.len())].to_owned()),
                2 => words.swap(at, other),
                3 => drop(words.remove(at)),
                _ => words[at] = words[other].clone(),
            }
        }
        words.concat()
    }
}
