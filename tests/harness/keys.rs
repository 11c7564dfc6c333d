//! Keys by name: `Control+a`, `Shift+ArrowDown`, `?`; one after the other: `g c`.

use anyhow::{Result, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

/// Pressing and releasing each chord in its turn, in one call of the driver: between two calls a slow machine may let
/// more time pass than a sequence such as `g c` allows.
pub(super) fn strokes(keys: &str) -> Result<KeyActions> {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for chord in keys.split(' ') {
        for action in chord_actions(chord)? {
            actions = actions.then(action);
        }
    }
    Ok(actions)
}

/// Pressing and releasing the keys, modifiers first down and last up.
fn chord_actions(keys: &str) -> Result<Vec<KeyAction>> {
    // The plus itself is a key, too.
    let names: Vec<&str> = if keys == "+" { vec!["+"] } else { keys.split('+').collect() };
    let Some((key, modifiers)) = names.split_last() else { bail!("no key in {keys:?}") };
    let modifiers: Vec<char> = modifiers.iter().map(|name| modifier(name)).collect::<Result<_>>()?;
    let mut key = key_value(key)?;
    // A keyboard sends the capital letter, not the small one with a modifier.
    if modifiers.contains(&char::from(Key::Shift)) {
        key = key.to_ascii_uppercase();
    }
    let down = modifiers.iter().chain([&key]).map(|value| KeyAction::Down { value: *value });
    let up = [&key].into_iter().chain(modifiers.iter().rev()).map(|value| KeyAction::Up { value: *value });
    Ok(down.chain(up).collect())
}

fn modifier(name: &str) -> Result<char> {
    Ok(match name {
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        other => bail!("{other:?} is no modifier key"),
    }
    .into())
}

fn key_value(name: &str) -> Result<char> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Ok(letter);
    }
    Ok(match name {
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => return Ok(' '),
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "F2" => Key::F2,
        other => bail!("{other:?} is not a key this harness knows"),
    }
    .into())
}
