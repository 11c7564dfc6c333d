import { ListLayout, Rect } from "react-aria-components";

/** A list whose headings stay in sight while their part of the list is: as one scrolls, the day is always there. */
export class DayLayout extends ListLayout<object> {
  protected override buildSection(...given: Parameters<ListLayout<object>["buildSection"]>) {
    const section = super.buildSection(...given);
    // What cuts off its content would also hold what is sticky in it.
    section.layoutInfo.allowOverflow = true;
    for (const { layoutInfo } of section.children ?? []) {
      if (layoutInfo.type !== "header") continue;
      layoutInfo.isSticky = true;
      layoutInfo.zIndex = 1;
      // The place of what is sticky counts from the top of the window onto the list.
      layoutInfo.rect = new Rect(layoutInfo.rect.x, 0, layoutInfo.rect.width, layoutInfo.rect.height);
    }
    return section;
  }
}
