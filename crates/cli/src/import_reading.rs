//! What was assumed about a file that is imported, in words.

use crate::output::say;
use liaison_app::import::{Assumed, DateOrder, Decided, Format, ImportOpened};

/// Says how the file was read, what is doubtful about that, and what it has that is imported nowhere.
pub fn told(opened: &ImportOpened) {
    say(&format!("{}: {}", opened.file, summary(&opened.assumed)));
    for sheet in &opened.assumed.other_sheets {
        let hidden = if sheet.hidden { ", hidden" } else { "" };
        say(&format!("  Not read: sheet “{}” ({} rows{hidden}). To read it, use --sheet.", sheet.name, sheet.rows));
    }
    for doubt in &opened.assumed.doubts {
        say(&format!("  Check: {}", doubt.in_english()));
    }
    for left_out in &opened.left_out {
        let rows = if left_out.rows == 1 { "row" } else { "rows" };
        say(&format!("  Not imported: {} ({} {rows})", left_out.name, left_out.rows));
    }
}

/// "CSV, windows-1252 (guessed), semicolons, header in line 3; 120 rows, 2 blank".
fn summary(assumed: &Assumed) -> String {
    let format = match assumed.format {
        Format::Csv => "CSV",
        Format::Xlsx => "Excel",
        Format::Xls => "Excel (old format)",
        Format::Ods => "OpenDocument",
        Format::Vcard => "vCard",
    };
    let mut parts = vec![format.to_owned()];
    if let Some(encoding) = &assumed.encoding {
        let by = match assumed.encoding_by {
            Some(Decided::Guessed) => " (guessed)",
            Some(Decided::Chosen) => " (chosen)",
            Some(Decided::Certain) | None => "",
        };
        parts.push(format!("{encoding}{by}"));
    }
    parts.extend(assumed.separator.map(|separator| match separator {
        ',' => "separated by commas".to_owned(),
        ';' => "separated by semicolons".to_owned(),
        '\t' => "separated by tabs".to_owned(),
        '|' => "separated by vertical bars".to_owned(),
        other => format!("separated by “{other}”"),
    }));
    parts.extend(assumed.sheet.as_ref().map(|sheet| format!("sheet “{sheet}”")));
    if assumed.format != Format::Vcard {
        parts.push(assumed.header_row.map_or_else(|| "no header".to_owned(), |row| format!("header in row {row}")));
    }
    parts.extend(assumed.date_order.map(|order| match order {
        DateOrder::MonthFirst => "dates with the month first".to_owned(),
        DateOrder::DayFirst => "dates with the day first".to_owned(),
    }));
    let rows = |count: u32| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    format!("{}; {}, {} blank", parts.join(", "), rows(assumed.rows), assumed.blank)
}
