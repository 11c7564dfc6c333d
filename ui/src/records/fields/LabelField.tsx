import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Chip } from "~/kit/components/Chips.tsx";
import { ListField, type ListFieldProps } from "~/kit/components/ListField.tsx";
import row from "~/kit/layout/Row.module.css";
import { countedLabels, labelKey } from "./LabelChip.tsx";
import styles from "./Labels.module.css";

/** Labels offered at once; typing narrows them. */
const OFFERED = 12;

/** A field for labels that offers those there are, in their tints. */
export function LabelField(props: ListFieldProps) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(countedLabels);
  const has = new Set(props.value.map(labelKey));
  const tints = new Map(data.map(({ name, color }) => [labelKey(name), color ?? undefined]));
  return (
    <ListField {...props} tintOf={(word) => tints.get(labelKey(word))}>
      {(text, add) => {
        const wanted = labelKey(text.trim());
        const offered = data.filter(({ name }) => !has.has(labelKey(name)) && labelKey(name).includes(wanted));
        if (offered.length === 0) return null;
        return (
          <ul className={row.chipsBelow} aria-label={t("labels.offered")}>
            {offered.slice(0, OFFERED).map(({ name, color }) => (
              <li key={name}>
                <button
                  type="button"
                  className={styles.offer}
                  aria-label={t("labels.give", { name })}
                  // The text field keeps the focus, so that the half-typed word is not added as well.
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => add(name)}
                >
                  <Chip tint={color ?? undefined}>{name}</Chip>
                </button>
              </li>
            ))}
          </ul>
        );
      }}
    </ListField>
  );
}
