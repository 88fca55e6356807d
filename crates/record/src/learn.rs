//! Learning the weights from annotated articles.
//!
//! Plain gradient descent with a step of its own for each weight (Adagrad, Duchi et al. 2011), always in
//! the same order: the same articles give the same bytes.

use std::ops::Range;

use crate::geometry::{Geometry, Side};
use crate::model::{Curve, Features, SIZE, STEPS, Weights, sigmoid, softmax};
use crate::people::{People, pronoun_gender};
use crate::rank::{Case, History, candidates, quotation_features};
use crate::reading::Reading;
use crate::repair;
use crate::text::paragraphs;
use crate::token::tokens;

/// An annotated article.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    /// Its text.
    pub text: String,
    /// Every passage in marks, in order.
    pub passages: Vec<LessonPassage>,
    /// How often it is gone through where others are once; an article of 0 only helps to fit the curve.
    pub weight: usize,
}

/// A passage of a lesson.
#[derive(Clone, Debug)]
pub struct LessonPassage {
    /// Its bytes; marks may be in or out.
    pub range: Range<usize>,
    /// Whether somebody said it; otherwise it is a title, a nickname or the like.
    pub quotation: bool,
    /// The mention of its speaker, in one or more pieces; empty where the annotator found none.
    pub speaker: Vec<Range<usize>>,
    /// The speaker's name, where the annotation has it.
    pub name: Option<String>,
}

const ROUNDS: usize = 6;
const RATE: f32 = 0.05;
/// Parts that the articles are divided into to fit the curve: each is judged by weights that never saw it.
const FOLDS: usize = 4;

/// Learns weights, and the curve that makes honest confidences of their probabilities.
pub fn learn(lessons: &[Lesson]) -> Weights {
    let mut judged = Vec::new();
    for fold in 0..FOLDS {
        let (kept, seen): (Vec<_>, Vec<_>) = lessons.iter().enumerate().partition(|(at, _)| at % FOLDS == fold);
        let seen: Vec<&Lesson> = seen.into_iter().map(|(_, lesson)| lesson).collect();
        let weights = fit(&seen);
        for (_, lesson) in kept {
            judge(lesson, &weights, &mut judged);
        }
    }
    let mut weights = fit(&lessons.iter().collect::<Vec<_>>());
    weights.curve = curve(&judged);
    weights
}

/// A question: its cases' features, and which are right. One case alone is a yes or no.
struct Question {
    cases: Vec<Features>,
    right: Vec<bool>,
}

fn fit(lessons: &[&Lesson]) -> Weights {
    let often = || lessons.iter().flat_map(|lesson| std::iter::repeat_n(*lesson, lesson.weight));
    let mut questions: Vec<Question> = often().flat_map(lost_marks).collect();
    let mut learner = Learner::new();
    learner.rounds(&mut questions);
    let repaired = learner.weights();
    let mut questions: Vec<Question> = often().flat_map(|lesson| speakers(lesson, &repaired)).collect();
    learner.rounds(&mut questions);
    learner.weights()
}

struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Learner {
    fn new() -> Learner {
        Learner { weights: vec![0.0; SIZE], squares: vec![1e-3; SIZE] }
    }

    fn rounds(&mut self, questions: &mut [Question]) {
        let mut random = Random(0x5eed);
        for _ in 0..ROUNDS {
            random.shuffle(questions);
            for question in &*questions {
                self.answer(question);
            }
        }
    }

    fn answer(&mut self, question: &Question) {
        let scores: Vec<f32> = question.cases.iter().map(|case| self.score(case)).collect();
        if let [score] = scores[..] {
            let wish = if question.right[0] { 1.0 } else { 0.0 };
            return self.step(&question.cases[0], sigmoid(score) - wish);
        }
        let chances = softmax(&scores);
        let right: f32 =
            chances.iter().zip(&question.right).filter(|(_, right)| **right).map(|(chance, _)| chance).sum();
        for ((case, chance), is_right) in question.cases.iter().zip(&chances).zip(&question.right) {
            let wish = if *is_right { chance / right.max(1e-6) } else { 0.0 };
            if (chance - wish).abs() > 1e-3 {
                self.step(case, chance - wish);
            }
        }
    }

    fn score(&self, case: &Features) -> f32 {
        case.0.iter().map(|&feature| self.weights[feature as usize]).sum()
    }

    fn step(&mut self, case: &Features, slope: f32) {
        for &feature in &case.0 {
            let feature = feature as usize;
            self.squares[feature] += slope * slope;
            self.weights[feature] -= RATE * slope / self.squares[feature].sqrt();
        }
    }

    fn weights(&self) -> Weights {
        let mut weights = Weights::empty();
        for (kept, weight) in weights.table.iter_mut().zip(&self.weights) {
            *kept = (weight * STEPS).round().clamp(-127.0, 127.0) as i8;
        }
        weights
    }
}

/// Questions on where a mark belongs, made by taking away the marks of a sound text one at a time.
fn lost_marks(lesson: &Lesson) -> Vec<Question> {
    let whole = Geometry::read(&lesson.text, &paragraphs(&lesson.text));
    let mut questions = Vec::new();
    for (number, passage) in whole.passages.iter().enumerate() {
        let closed = passage.range.end > passage.inner.end && passage.range.start < passage.inner.start;
        if !closed || lesson.text[passage.inner.clone()].split_whitespace().nth(3).is_none() {
            continue;
        }
        // Each passage loses one of its marks: both would make every question twice.
        let side = if number % 2 == 0 { Side::Open } else { Side::Close };
        let mark = match side {
            Side::Open => passage.range.start..passage.inner.start,
            Side::Close => passage.inner.end..passage.range.end,
        };
        // The paragraph alone, with one before it and one after, is all that the geometry looks at.
        let start = lesson.text[..passage.range.start].rfind("\n\n").map_or(0, |at| at + 2);
        let end = lesson.text[passage.range.end..].find("\n\n").map_or(lesson.text.len(), |at| passage.range.end + at);
        let damaged = format!("{}{}", &lesson.text[start..mark.start], &lesson.text[mark.end..end]);
        let place = mark.start - start;
        let paragraphs = paragraphs(&damaged);
        let tokens = tokens(&damaged, &paragraphs);
        let geometry = Geometry::read(&damaged, &paragraphs);
        let [lost] = &geometry.lost[..] else { continue };
        let gaps = repair::gaps(&tokens, lost);
        let around = repair::Around {
            text: &damaged,
            tokens: &tokens,
            lost,
            logical: repair::logical_stops(&lesson.text, &whole),
        };
        let right: Vec<bool> =
            gaps.iter().map(|&gap| near(&damaged, repair::offset(&tokens, lost, gap), place)).collect();
        if lost.side == side && gaps.len() > 1 && right.contains(&true) {
            questions.push(Question { cases: gaps.iter().map(|&gap| around.features(gap)).collect(), right });
        }
    }
    questions
}

/// Whether two places have nothing but white space between them.
fn near(text: &str, one: usize, other: usize) -> bool {
    text.get(one.min(other)..one.max(other)).is_some_and(|between| between.trim().is_empty())
}

/// Questions on the speakers of a lesson's passages, and on which passages are quotations.
fn speakers(lesson: &Lesson, weights: &Weights) -> Vec<Question> {
    let reading = Reading::new(&lesson.text, weights);
    let mut questions = Vec::new();
    let people = People::new(&reading);
    let mut last_person = None;
    let mut history = History::default();
    for passage in 0..reading.geometry.passages.len() {
        let Some(gold) = taught(lesson, &reading, passage) else { continue };
        let cases = candidates(&reading, passage);
        let right: Vec<bool> = cases.clone().map(|mention| is_speaker(&reading, mention, gold)).collect();
        let chosen = right.iter().position(|right| *right).map(|at| cases.start + at);
        if gold.quotation && right.len() > 1 && chosen.is_some() {
            let case = Case::new(&reading, passage, history);
            questions.push(Question { cases: cases.clone().map(|mention| case.features(mention)).collect(), right });
        }
        questions.push(Question { cases: vec![quotation_features(&reading, passage)], right: vec![gold.quotation] });
        if let (Some(mention), Some(name)) = (chosen, &gold.name) {
            questions.extend(antecedent(&reading, &people, mention, last_person, name));
            last_person = (0..people.len()).find(|&person| people.bears(person, name)).or(last_person);
        }
        if gold.quotation {
            history.last = chosen.map(|speaker| (passage, speaker));
        }
    }
    questions
}

/// The question whom a pronoun stands for.
fn antecedent(reading: &Reading, people: &People, mention: usize, last: Option<usize>, name: &str) -> Option<Question> {
    if pronoun_gender(reading.head(mention).key) == 0 {
        return None;
    }
    let (persons, cases): (Vec<usize>, Vec<Features>) = people.antecedents(reading, mention, last).into_iter().unzip();
    let right: Vec<bool> = persons.iter().map(|&person| people.bears(person, name)).collect();
    (right.len() > 1 && right.contains(&true)).then_some(Question { cases, right })
}

/// What a lesson says of a passage that was read.
fn taught<'a>(lesson: &'a Lesson, reading: &Reading, passage: usize) -> Option<&'a LessonPassage> {
    let inner = &reading.passage(passage).inner;
    let shared = |gold: &LessonPassage| gold.range.end.min(inner.end).saturating_sub(gold.range.start.max(inner.start));
    let first = lesson.passages.partition_point(|gold| gold.range.end <= inner.start);
    lesson.passages[first..]
        .iter()
        .take(3)
        .max_by_key(|gold| shared(gold))
        .filter(|gold| shared(gold) * 2 > gold.range.len().max(inner.len()))
}

fn is_speaker(reading: &Reading, mention: usize, gold: &LessonPassage) -> bool {
    let range = reading.range(mention);
    gold.speaker.iter().any(|speaker| speaker.start < range.end && range.start < speaker.end)
}

/// Adds, for each passage of a lesson, the model's logit and whether it was right.
fn judge(lesson: &Lesson, weights: &Weights, judged: &mut Vec<(f32, bool)>) {
    let reading = Reading::new(&lesson.text, weights);
    for (passage, choice) in crate::choose::choices(&reading, weights).into_iter().enumerate() {
        if let (Some(gold), Some(choice)) = (taught(lesson, &reading, passage), choice) {
            let right = gold.quotation && (gold.speaker.is_empty() || is_speaker(&reading, choice.speaker, gold));
            judged.push((choice.logit(), right));
        }
    }
}

/// Fits the curve by the same descent.
fn curve(judged: &[(f32, bool)]) -> Curve {
    let mut curve = Curve { slope: 1.0, offset: 0.0 };
    for _ in 0..2_000 {
        let (mut slope, mut offset) = (0.0, 0.0);
        for &(logit, right) in judged {
            let error = curve.confidence(logit) - if right { 1.0 } else { 0.0 };
            slope += error * logit;
            offset += error;
        }
        let count = judged.len().max(1) as f32;
        curve = Curve { slope: curve.slope - 0.05 * slope / count, offset: curve.offset - 0.2 * offset / count };
    }
    curve
}

/// Numbers that look random and are always the same (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn shuffle<T>(&mut self, values: &mut [T]) {
        for at in (1..values.len()).rev() {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            values.swap(at, (self.0 % (at as u64 + 1)) as usize);
        }
    }
}
