//! What must hold of whatever a reader makes of a file.

use std::ops::ControlFlow;
use std::sync::Once;

use liaison_exchange::{Limits, guess_mapping, read_bytes};

/// Reads the file, and looks at everything that came.
pub fn look_at(name: &str, content: Vec<u8>) {
    // The readers catch mistakes of the libraries below them. Only what they let through is a find: it ends the process
    // without a hook that does so before anybody could catch it.
    static HOOK: Once = Once::new();
    HOOK.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let limits = Limits { unpacked_bytes: 64 << 20, ..Limits::default() };
    let Ok(sheet) = read_bytes(name, content, &limits, &mut |_| ControlFlow::Continue(())) else { return };
    assert_eq!(guess_mapping(&sheet).len(), sheet.columns());
    let mut number = 0;
    for row in 0..sheet.rows() {
        assert_eq!(sheet.row(row).count(), sheet.columns());
        assert!(sheet.row_number(row) > number);
        number = sheet.row_number(row);
        assert!(sheet.original_row(row).len() >= sheet.original_headers().len());
    }
    assert!(sheet.row_problems().all(|(row, _)| row < sheet.rows()));
    assert_eq!((sheet.assumed.rows + sheet.assumed.blank) as usize, sheet.rows());
}
