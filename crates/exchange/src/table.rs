//! All cells of a sheet in one string.

use crate::reading::ReadError;

/// Rows × columns of text. A cell costs its own bytes and four more: a million rows of twelve columns stay close to
/// the size of the file they came from.
#[derive(Debug, Default)]
pub(crate) struct Table {
    text: String,
    /// Where each cell ends in `text`, row by row; a cell begins where the one before it ends.
    ends: Vec<u32>,
    columns: usize,
}

impl Table {
    /// Takes over buffers that were filled elsewhere. `ends` holds `columns` ends per row.
    pub(crate) fn from_parts(text: String, ends: Vec<u32>, columns: usize) -> Self {
        Self { text, ends, columns }
    }

    pub(crate) fn with_columns(columns: usize) -> Self {
        Self::from_parts(String::new(), Vec::new(), columns)
    }

    pub(crate) fn rows(&self) -> usize {
        self.ends.len().checked_div(self.columns).unwrap_or(0)
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// The text of a cell; "" outside the table.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        if column >= self.columns {
            return "";
        }
        let at = row * self.columns + column;
        let Some(&end) = self.ends.get(at) else {
            return "";
        };
        let start = match at {
            0 => 0,
            _ => self.ends[at - 1],
        };
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The cells of a row, in order.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.columns).map(move |column| self.cell(row, column))
    }

    /// Adds a row; cells that are missing become "", cells beyond the last column are dropped.
    pub(crate) fn push<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> Result<(), ReadError> {
        let mut cells = cells.into_iter();
        for _ in 0..self.columns {
            if let Some(cell) = cells.next() {
                self.text.push_str(cell.as_ref());
            }
            let end = u32::try_from(self.text.len()).map_err(|_| ReadError::TooLarge { limit: u64::from(u32::MAX) })?;
            self.ends.push(end);
        }
        Ok(())
    }

    /// A copy that has only the given columns, in the given order.
    pub(crate) fn select(&self, columns: &[usize]) -> Result<Self, ReadError> {
        let mut table = Self::with_columns(columns.len());
        table.ends.reserve_exact(columns.len() * self.rows());
        table.text.reserve(self.text.len());
        for row in 0..self.rows() {
            table.push(columns.iter().map(|&column| self.cell(row, column)))?;
        }
        Ok(table)
    }

    /// Whether every cell of the column is blank.
    pub(crate) fn is_blank_column(&self, column: usize) -> bool {
        (0..self.rows()).all(|row| self.cell(row, column).trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_went_in() -> Result<(), ReadError> {
        let mut table = Table::with_columns(3);
        table.push(["a", "", "ß"])?;
        table.push(["only"])?;
        table.push(["1", "2", "3", "dropped"])?;
        assert_eq!(table.rows(), 3);
        assert_eq!(table.row(0).collect::<Vec<_>>(), ["a", "", "ß"]);
        assert_eq!(table.row(1).collect::<Vec<_>>(), ["only", "", ""]);
        assert_eq!(table.row(2).collect::<Vec<_>>(), ["1", "2", "3"]);
        assert_eq!(table.cell(3, 0), "");
        assert_eq!(table.cell(0, 3), "");
        let turned = table.select(&[2, 0])?;
        assert_eq!(turned.row(2).collect::<Vec<_>>(), ["3", "1"]);
        assert!(!table.is_blank_column(1));
        Ok(())
    }

    #[test]
    fn a_table_without_columns_has_no_rows() {
        assert_eq!(Table::default().rows(), 0);
        assert_eq!(Table::default().cell(0, 0), "");
    }
}
