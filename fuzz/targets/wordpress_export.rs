#![no_main]

use import::wordpress::wxr::{Piece, Reader, is_wxr};
use libfuzzer_sys::fuzz_target;

// An export gives its items one after the other, and reasons for what it leaves out, or it is refused in words.
fuzz_target!(|bytes: &[u8]| {
    let _ = is_wxr(bytes);
    let mut reader = match Reader::open(bytes) {
        Ok(reader) => reader,
        Err(why) => {
            assert!(!why.to_string().is_empty());
            return;
        }
    };
    let mut last = None;
    while let Ok(Some(piece)) = reader.next_piece() {
        let offset = match piece {
            Piece::Item(item) => item.offset,
            Piece::Skipped(skipped) => {
                assert!(!skipped.to_string().is_empty());
                skipped.offset
            }
        };
        assert!(last < Some(offset), "the reader goes on");
        assert_eq!(bytes[offset as usize], b'<');
        last = Some(offset);
    }
});
