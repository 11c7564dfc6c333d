import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from "react-aria-components";
import styles from "./Switch.module.css";

type Props = Omit<AriaSwitchProps, "children" | "className"> & { children: string };

/** Something that is on or off, and changes at once. */
export function Switch({ children, ...props }: Props) {
  return (
    <AriaSwitch {...props} className={styles.switch ?? ""}>
      <span className={styles.track}>
        <span className={styles.knob} />
      </span>
      {children}
    </AriaSwitch>
  );
}
