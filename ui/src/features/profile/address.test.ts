import { describe, expect, it } from "vitest";
import { addressLines } from "./address.ts";

describe("an address", () => {
  it("stands as on an envelope, with a region and without", () => {
    const american = {
      street: "1 Main St\nFloor 2",
      city: "Boston",
      region: "MA",
      postal_code: "02110",
      country: "USA",
    };
    expect(addressLines(american, "")).toEqual(["1 Main St", "Floor 2", "Boston, MA 02110", "USA"]);
    expect(addressLines({ city: "Friedrichshafen", postal_code: "88046" }, "")).toEqual(["88046 Friedrichshafen"]);
  });

  it("leaves out what is not known, and tells home from work", () => {
    expect(addressLines({ region: "MA" }, "")).toEqual(["MA"]);
    expect(addressLines({ city: "Boston", home_city: "Salem", home_country: "USA" }, "home_")).toEqual([
      "Salem",
      "USA",
    ]);
    expect(addressLines({ city: "Boston" }, "home_")).toEqual([]);
  });
});
