//! White space control: `~`, and tags that stand alone on their line.
//!
//! The rules are those of Handlebars 4. A block, partial or comment that stands alone on its line
//! takes the line with it; `~` takes all white space on its side. What stands alone is judged by
//! the text as written, what is taken is taken from what is left.

use super::ast::{Block, BlockStrip, Content, Expression, Kind, Partial, Program, Statement, Strip};

/// Takes away what the tags of a whole template ask for.
pub(crate) fn control(program: &mut Program) {
    walk(program, true);
}

/// What a statement asks of the text around it.
#[derive(Default)]
struct Wish {
    strip: Strip,
    open_alone: bool,
    close_alone: bool,
    inline_alone: bool,
}

fn walk(program: &mut Program, root: bool) {
    for at in 0..program.body.len() {
        let Some(wish) = wish(program, at) else { continue };
        let (before, after) = (space_before(&program.body, at, root), space_after(&program.body, at + 1, root));
        if wish.strip.close {
            strip_right(&mut program.body, at + 1, true);
        }
        if wish.strip.open {
            strip_left(&mut program.body, at, true);
        }
        if wish.inline_alone && before && after {
            strip_right(&mut program.body, at + 1, false);
            if strip_left(&mut program.body, at, false) {
                indent(&mut program.body, at);
            }
        }
        if wish.open_alone && before {
            if let Some(first) = first_half(program, at) {
                strip_right(&mut first.body, 0, false);
            }
            strip_left(&mut program.body, at, false);
        }
        if wish.close_alone && after {
            strip_right(&mut program.body, at + 1, false);
            if let Some(last) = last_half(program, at) {
                let end = last.body.len();
                strip_left(&mut last.body, end, false);
            }
        }
    }
}

/// Walks into the statement and tells what it asks for.
fn wish(program: &mut Program, at: usize) -> Option<Wish> {
    let Program { body, inlines, .. } = program;
    match &mut body[at].kind {
        Kind::Content(_) => None,
        Kind::Mustache { strip, .. } | Kind::Decorator { strip, .. } => Some(Wish { strip: *strip, ..Wish::default() }),
        Kind::Comment { strip, .. } => Some(Wish { strip: *strip, inline_alone: true, ..Wish::default() }),
        Kind::Block(block) => {
            let Block { program, inverse, strip, .. } = &mut **block;
            match (program, inverse) {
                (Some(program), inverse) => Some(block_wish(program, inverse.as_mut(), *strip)),
                (None, Some(program)) => Some(block_wish(program, None, *strip)),
                (None, None) => None,
            }
        }
        Kind::Partial(partial) => {
            let Partial { block, strip, .. } = &mut **partial;
            match block {
                Some(program) => Some(block_wish(program, None, *strip)),
                None => Some(Wish { strip: strip.open, inline_alone: true, ..Wish::default() }),
            }
        }
        Kind::Inline(index, strip) => Some(block_wish(&mut inlines[*index].1, None, *strip)),
    }
}

fn block_wish(program: &mut Program, mut inverse: Option<&mut Program>, strip: BlockStrip) -> Wish {
    walk(program, false);
    if let Some(inverse) = inverse.as_deref_mut() {
        walk(inverse, false);
    }
    let first_inverse = inverse.as_deref_mut().map(first_of_chain);
    let close_alone = match &first_inverse {
        Some(inverse) => space_before(&inverse.body, inverse.body.len(), false),
        None => space_before(&program.body, program.body.len(), false),
    };
    let open_alone = space_after(&program.body, 0, false);
    let end = program.body.len();
    if strip.open.close {
        strip_right(&mut program.body, 0, true);
    }
    match first_inverse {
        Some(first) => {
            if strip.inverse.open {
                strip_left(&mut program.body, end, true);
            }
            if strip.inverse.close {
                strip_right(&mut first.body, 0, true);
            }
            let else_alone = space_before(&program.body, end, false) && space_after(&first.body, 0, false);
            if else_alone {
                strip_right(&mut first.body, 0, false);
            }
            if strip.close.open
                && let Some(inverse) = inverse
            {
                let last = last_of_chain(inverse);
                let end = last.body.len();
                strip_left(&mut last.body, end, true);
            }
            if else_alone {
                strip_left(&mut program.body, end, false);
            }
        }
        None if strip.close.open => {
            strip_left(&mut program.body, end, true);
        }
        None => {}
    }
    Wish {
        strip: Strip { open: strip.open.open, close: strip.close.close },
        open_alone,
        close_alone,
        inline_alone: false,
    }
}

/// Of `{{else if}}` the half that follows it, else the program itself.
fn first_of_chain(program: &mut Program) -> &mut Program {
    if !program.chained {
        return program;
    }
    match program.body.first_mut().map(|statement| &mut statement.kind) {
        Some(Kind::Block(block)) => block.program.get_or_insert_default(),
        _ => unreachable!("the parser makes a chained program of one block"),
    }
}

fn last_of_chain(program: &mut Program) -> &mut Program {
    let mut last = program;
    while last.chained {
        last = first_of_chain(last);
    }
    last
}

/// What follows the opening tag of the block at `at`.
fn first_half(program: &mut Program, at: usize) -> Option<&mut Program> {
    let Program { body, inlines, .. } = program;
    match &mut body[at].kind {
        Kind::Block(block) => block.program.as_mut().or(block.inverse.as_mut()),
        other => only_half(other, inlines),
    }
}

/// What precedes the closing tag of the block at `at`.
fn last_half(program: &mut Program, at: usize) -> Option<&mut Program> {
    let Program { body, inlines, .. } = program;
    match &mut body[at].kind {
        Kind::Block(block) => block.inverse.as_mut().or(block.program.as_mut()),
        other => only_half(other, inlines),
    }
}

fn only_half<'p>(statement: &'p mut Kind, inlines: &'p mut [(Expression, Program)]) -> Option<&'p mut Program> {
    match statement {
        Kind::Partial(partial) => partial.block.as_mut(),
        Kind::Inline(index, _) => inlines.get_mut(*index).map(|inline| &mut inline.1),
        _ => None,
    }
}

/// Whether the line is empty before `body[at]`. At the edge of a whole template it is.
fn space_before(body: &[Statement], at: usize, root: bool) -> bool {
    let Some(previous) = at.checked_sub(1).and_then(|at| body.get(at)) else { return root };
    let Kind::Content(content) = &previous.kind else { return false };
    let space = &content.original[content.original.trim_end().len()..];
    space.contains('\n') || (at == 1 && root && space.len() == content.original.len())
}

/// Whether the line is empty from `body[next]` on. At the edge of a whole template it is.
fn space_after(body: &[Statement], next: usize, root: bool) -> bool {
    let Some(following) = body.get(next) else { return root };
    let Kind::Content(content) = &following.kind else { return false };
    let space = &content.original[..content.original.len() - content.original.trim_start().len()];
    space.contains('\n') || (next + 1 == body.len() && root && space.len() == content.original.len())
}

/// Takes the space with which `body[next]` begins: all of it, or the rest of the line.
fn strip_right(body: &mut [Statement], next: usize, all: bool) {
    let Some(content) = content_at(body, Some(next)) else { return };
    if content.right_stripped && !all {
        return;
    }
    let text = content.text();
    let kept = match all {
        true => text.trim_start(),
        false => {
            let line = text.trim_start_matches([' ', '\t']);
            line.strip_prefix("\r\n").or_else(|| line.strip_prefix('\n')).unwrap_or(line)
        }
    };
    let kept = kept.len();
    content.right_stripped = kept < text.len();
    content.start = content.end - kept;
}

/// Takes the space before `body[at]`: all of it, or back to the start of the line. Tells whether there was any.
fn strip_left(body: &mut [Statement], at: usize, all: bool) -> bool {
    let Some(content) = content_at(body, at.checked_sub(1)) else { return false };
    if content.left_stripped && !all {
        return false;
    }
    let text = content.text();
    let kept = if all { text.trim_end() } else { text.trim_end_matches([' ', '\t']) };
    let kept = kept.len();
    content.left_stripped = kept < text.len();
    content.end = content.start + kept;
    content.left_stripped
}

fn content_at(body: &mut [Statement], at: Option<usize>) -> Option<&mut Content> {
    match &mut body.get_mut(at?)?.kind {
        Kind::Content(content) => Some(content),
        _ => None,
    }
}

/// Gives a partial that stands alone the space that stood before it.
fn indent(body: &mut [Statement], at: usize) {
    let Some(content) = content_at(body, at.checked_sub(1)) else { return };
    let original = &content.original;
    let space: Box<str> = original[original.trim_end_matches([' ', '\t']).len()..].into();
    if let Kind::Partial(partial) = &mut body[at].kind {
        partial.indent = space;
    }
}
