//! Names in the scripts of the world, which show as themselves.

use crate::desk::{go, journey};
use anyhow::{Result, ensure};
use liaison_journeys::harness::Size;

/// A first and a last name in each of these scripts.
const NAMES: [(&str, &str); 12] = [
    ("지우", "최"),
    ("愛子", "渡辺"),
    ("小龙", "李"),
    ("ليلى", "حداد"),
    ("נועה", "כהן"),
    ("ธิดา", "แสงทอง"),
    ("अनन्या", "शर्मा"),
    ("তানিয়া", "রহমান"),
    ("Ελένη", "Παπαδοπούλου"),
    ("Дарья", "Соколова"),
    ("አበበ", "ተስፋዬ"),
    ("Nguyễn", "Thị Ánh"),
];

/// Which letters of a text are drawn as the box that stands for what no font has.
const BOXES: &str = r#"
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 48;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.font = "24px " + getComputedStyle(document.body).fontFamily;
    const drawn = (letter) => {
        pen.clearRect(0, 0, 48, 48);
        pen.fillText(letter, 4, 32);
        return pen.getImageData(0, 0, 48, 48).data.join();
    };
    const box = drawn("\u{10fffd}");
    return [...arguments[0]].filter((letter) => drawn(letter) === box).join(" ");
"#;

#[test]
fn names_in_any_script_show_as_they_are() -> Result<()> {
    journey("scripts", 0, &[], async |window| {
        let boxes = async |text: &str| window.script(BOXES, vec![text.into()]).await;
        ensure!(boxes("a\u{10fffc}").await? == "\u{10fffc}", "a letter that no font has is a box, and an a is none");
        for (n, (first, last)) in NAMES.into_iter().enumerate() {
            let missing = boxes(&format!("{first}{last}")).await?;
            ensure!(missing == "", "no font has these letters of {first} {last}: {missing}");
            go(window, "c", "Contacts").await?;
            window.click("button", "New contact").await?;
            window.fill("textbox", "First name · required", first).await?;
            window.fill("textbox", "Last name · required", last).await?;
            window.fill("textbox", "Email · required", &format!("name{n}@scripts.example")).await?;
            window.click("button", "Add contact").await?;
            window.wait_for_text(&format!("{first} {last}")).await?;
        }
        go(window, "c", "Contacts").await?;
        window.wait_for_text("12 contacts").await?;
        window.check_accessibility().await?;
        window.screenshot("scripts", Size::DESK).await
    })
}
