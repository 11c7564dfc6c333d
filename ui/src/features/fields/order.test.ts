import { expect, test } from "vitest";
import { moved } from "./order.ts";

test("what is dragged goes before or after where it is dropped, the rest keeps its order", () => {
  const ids = ["a", "b", "c", "d"];
  expect(moved(ids, ["d"], "a", "before")).toEqual(["d", "a", "b", "c"]);
  expect(moved(ids, ["a"], "d", "after")).toEqual(["b", "c", "d", "a"]);
  expect(moved(ids, ["a"], "b", "after")).toEqual(["b", "a", "c", "d"]);
  expect(moved(ids, ["c", "a"], "d", "before")).toEqual(["b", "a", "c", "d"]);
});
