//! The model's answers for each passage of a text, in order.

use crate::form::told;
use crate::model::{Weights, sigmoid, softmax};
use crate::rank::{Case, History, candidates, quotation_features};
use crate::reading::Reading;

/// What the model says of a passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// The likeliest speaker's mention.
    pub speaker: usize,
    /// How likely it is, among the candidates.
    pub likely: f32,
    /// How likely the passage is a quotation.
    pub quotation: f32,
}

impl Choice {
    /// The logit of both being right.
    pub fn logit(&self) -> f32 {
        let both = (self.likely * self.quotation).clamp(1e-4, 1.0 - 1e-4);
        (both / (1.0 - both)).ln()
    }
}

/// How likely a speaker is whom the form of the text tells.
const TOLD: f32 = 0.98;

/// A choice for each passage; none where nobody is mentioned.
pub(crate) fn choices(reading: &Reading, weights: &Weights) -> Vec<Option<Choice>> {
    let mut history = History::default();
    let mut found: Vec<Option<Choice>> = Vec::with_capacity(reading.geometry.passages.len());
    for passage in 0..reading.geometry.passages.len() {
        let quotation = sigmoid(weights.score(&quotation_features(reading, passage)));
        let running = passage > 0 && reading.passage(passage - 1).runs_on;
        let choice = match found.last().copied().flatten().filter(|_| running) {
            // A quotation that runs on has one speaker.
            Some(last) => Some(last),
            None => match told(reading, passage) {
                Some(speaker) => Some(Choice { speaker, likely: TOLD, quotation: TOLD }),
                None => best(reading, passage, history, weights).map(|(speaker, likely)| Choice {
                    speaker,
                    likely,
                    quotation,
                }),
            },
        };
        if let Some(choice) = choice.filter(|choice| choice.quotation > 0.4) {
            history.last = Some((passage, choice.speaker));
        }
        found.push(choice);
    }
    found
}

fn best(reading: &Reading, passage: usize, history: History, weights: &Weights) -> Option<(usize, f32)> {
    let mentions = candidates(reading, passage);
    let case = Case::new(reading, passage, history);
    let scores: Vec<f32> = mentions.clone().map(|mention| weights.score(&case.features(mention))).collect();
    let chances = softmax(&scores);
    mentions
        .zip(chances)
        .fold(None, |best: Option<(usize, f32)>, next| best.filter(|best| best.1 >= next.1).or(Some(next)))
}
