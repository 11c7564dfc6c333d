import type { FieldValue } from "~/ipc";

type Values = { [field: string]: FieldValue | undefined };

/**
 * An address line by line, as on an envelope: with a region "Boston, MA 02110", without one "88046 Friedrichshafen".
 * `prefix` is "home_" for the address at home.
 */
export function addressLines(values: Values, prefix: "" | "home_"): string[] {
  const part = (key: string) => {
    const value = values[prefix + key];
    return typeof value === "string" ? value.trim() : "";
  };
  const words = (...parts: string[]) => parts.filter((each) => each !== "").join(" ");
  const [city, region, code] = [part("city"), part("region"), part("postal_code")];
  const place = region === "" ? words(code, city) : words(city === "" ? "" : `${city},`, region, code);
  return [...part("street").split(/\r?\n/), place, part("country")].map((line) => line.trim()).filter(Boolean);
}
