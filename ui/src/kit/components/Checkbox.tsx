import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from "react-aria-components";
import mark from "../layout/Mark.module.css";
import styles from "./Field.module.css";

export function Checkbox({
  children,
  ...props
}: Omit<AriaCheckboxProps, "children" | "className"> & { children?: ReactNode }) {
  return (
    <AriaCheckbox {...props} className={styles.check ?? ""}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={`${mark.box} ${styles.box}`}>
            {isIndeterminate ? (
              <Minus size={12} strokeWidth={3} aria-hidden />
            ) : isSelected ? (
              <Check size={12} strokeWidth={3} aria-hidden />
            ) : null}
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}
