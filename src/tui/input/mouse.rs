//! The mouse, as terminals report it in mode 1006: presses and the wheel, no motion.

/// Something done with the mouse, at a column and row from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub act: Act,
    /// The column.
    pub x: u16,
    /// The row.
    pub y: u16,
}

/// What can be done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The first button was pressed.
    Press,
    /// The wheel was turned away.
    WheelUp,
    /// The wheel was turned towards the user.
    WheelDown,
}

impl Mouse {
    /// Reads what follows `ESC [ <`, without the `M` at the end. Nothing for what the program does not answer.
    pub(super) fn read(numbers: &[u32]) -> Option<Self> {
        let &[button, column, row] = numbers else { return None };
        // Shift, Alt and Ctrl may be held.
        let act = match button & !(4 | 8 | 16) {
            0 => Act::Press,
            64 => Act::WheelUp,
            65 => Act::WheelDown,
            _ => return None,
        };
        let place = |number: u32| u16::try_from(number.checked_sub(1)?).ok();
        Some(Self { act, x: place(column)?, y: place(row)? })
    }
}
