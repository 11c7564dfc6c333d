import { useState } from "react";
import { ComboBox } from "~/kit/components/ComboBox.tsx";
import type { FieldProps } from "~/kit/components/TextField.tsx";

const SHOWN = 30;
const spoken = (zone: string) => zone.replace(/_/g, " ");

/** Picks a time zone by a part of its name. */
export function ZoneField({
  value,
  onChange,
  ...props
}: FieldProps & { value: string; onChange: (zone: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = (typed ?? "").trim().toLowerCase();
  const fits = Intl.supportedValuesOf("timeZone").filter((zone) => spoken(zone).toLowerCase().includes(wanted));
  return (
    <ComboBox
      {...props}
      choices={fits.slice(0, SHOWN).map((zone) => ({ id: zone, label: spoken(zone) }))}
      text={typed ?? spoken(value)}
      onText={(text) => {
        setTyped(text);
        if (text === "") onChange("");
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
