import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "react-aria-components";
import styles from "./Shell.module.css";

const CLOSED = "liaison.navigation.closed";

function closedSections(): string[] {
  const value = localStorage.getItem(CLOSED);
  return value ? value.split(" ") : [];
}

/**
 * Some places under a heading that opens and closes them; which are closed is remembered on this device. A narrow
 * navigation has no headings and shows every place.
 */
export function NavigationSection({
  id,
  heading,
  collapsed,
  children,
}: {
  id: string;
  heading: string;
  collapsed: boolean;
  children: ReactNode;
}) {
  const list = useId();
  const [closed, setClosed] = useState(() => closedSections().includes(id));
  const toggle = () => {
    const others = closedSections().filter((other) => other !== id);
    localStorage.setItem(CLOSED, (closed ? others : [...others, id]).join(" "));
    setClosed(!closed);
  };
  const hidden = closed && !collapsed;
  return (
    <div className={styles.section}>
      <h2 className={styles.heading}>
        <Button className={styles.headingButton ?? ""} aria-expanded={!hidden} aria-controls={list} onPress={toggle}>
          {heading}
          <ChevronRight size={12} strokeWidth={2} aria-hidden />
        </Button>
      </h2>
      <div id={list} className={styles.section} hidden={hidden}>
        {children}
      </div>
    </div>
  );
}
