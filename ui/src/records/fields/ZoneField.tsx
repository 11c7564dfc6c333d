import { getLocalTimeZone } from "@internationalized/date";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ComboBox } from "~/kit/components/ComboBox.tsx";
import type { FieldProps } from "~/kit/components/TextField.tsx";
import { isZone, zoneName } from "~/kit/i18n/zone.ts";

const SHOWN = 30;

/** Those of the United States, from east to west; the others follow by their names. */
const FIRST = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
];

/** Browsers list some places by the names they once had. */
const RENAMED: { [before: string]: string } = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Louisville": "America/Kentucky/Louisville",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

type Zone = { id: string; label: string; searched: string };
let all: Zone[] | null = null;

/** Every zone by its name in words. Made once, for that takes a moment. */
function zones(): Zone[] {
  if (all) return all;
  const present = (id: string) => (RENAMED[id] && isZone(RENAMED[id]) ? RENAMED[id] : id);
  const ids = new Set([...FIRST, ...Intl.supportedValuesOf("timeZone").map(present)]);
  const named = [...ids].map((id) => {
    const label = zoneName(id);
    return { id, label, searched: `${label} ${id.replace(/_/g, " ")}`.toLowerCase() };
  });
  const rest = named.slice(FIRST.length).sort((one, other) => one.label.localeCompare(other.label));
  all = [...named.slice(0, FIRST.length), ...rest];
  return all;
}

/** Picks a time zone by a part of its name. One that is required keeps its value until another is chosen. */
export function ZoneField({
  value,
  onChange,
  isRequired,
  ...props
}: FieldProps & { value: string; onChange: (zone: string) => void; isRequired?: boolean }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = (typed ?? "").trim().toLowerCase();
  const fits = zones().filter((zone) => zone.searched.includes(wanted));
  return (
    <ComboBox
      {...props}
      hint={props.hint ?? (value === getLocalTimeZone() ? t("record.form.hereZone") : undefined)}
      choices={fits.slice(0, SHOWN)}
      text={typed ?? (value === "" ? "" : zoneName(value))}
      onText={(text) => {
        setTyped(text);
        if (text === "" && !isRequired) onChange("");
      }}
      value={null}
      onValue={(zone) => {
        if (zone === null) return;
        onChange(zone);
        setTyped(null);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
