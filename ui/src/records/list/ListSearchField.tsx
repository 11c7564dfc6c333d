import { Search, X } from "lucide-react";
import type { Ref } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import { useTranslation } from "react-i18next";
import mark from "~/kit/layout/Mark.module.css";
import styles from "./List.module.css";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  inputRef: Ref<HTMLInputElement>;
  onLeave: () => void;
};

/** Search-as-you-type above a list. Down and Enter go into the list, Esc empties it first and leaves then. */
export function ListSearchField({ label, value, onChange, inputRef, onLeave }: Props) {
  const { t } = useTranslation();
  return (
    <SearchField
      className={styles.search ?? ""}
      aria-label={label}
      value={value}
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key === "ArrowDown" || event.key === "Enter" || (event.key === "Escape" && value === "")) onLeave();
      }}
    >
      <Search size={14} strokeWidth={2} aria-hidden />
      <Input placeholder={label} ref={inputRef} aria-keyshortcuts="/" />
      <Button className={`${mark.button} ${styles.clear}`} aria-label={t("common.clearSearch")}>
        <X size={14} aria-hidden />
      </Button>
    </SearchField>
  );
}
