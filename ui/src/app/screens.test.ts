import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { routeTree } from "./routes.ts";

const FOLDER = "../docs/screenshots";
const screens = JSON.parse(readFileSync(`${FOLDER}/screens.json`, "utf8")) as { name: string; route: string }[];

/** The addresses of all screens, as the routes have them. */
function addresses(): string[] {
  const children = (routeTree.children ?? []) as unknown as { options: { path: string } }[];
  return children.map(({ options }) => options.path);
}

describe("the pictures of the documentation", () => {
  it("show every screen, and none that is gone", () => {
    expect(addresses().length).toBeGreaterThan(30);
    expect(screens.map(({ route }) => route).toSorted()).toEqual(addresses().toSorted());
  });

  it("have a name of their own each, and are there in light and dark", () => {
    expect(new Set(screens.map(({ name }) => name)).size).toBe(screens.length);
    const files = screens.flatMap(({ name }) => ["light", "dark"].map((look) => `${FOLDER}/${name}-${look}.png`));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
