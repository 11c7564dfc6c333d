import { commandError } from "~/ipc/error.ts";
import { ErrorState } from "~/kit/components/States.tsx";
import { RestoreAtStart } from "./RestoreAtStart.tsx";
import styles from "./Start.module.css";

/** The desk can't be opened: what is wrong, and the way back by a backup where one would help. */
export function CantOpen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  // Data that another window has open are whole.
  const isHeld = commandError(error).code === "busy";
  return (
    <div className={styles.page} data-alone>
      <main className={styles.main}>
        <div className={styles.column}>
          <ErrorState error={error} onRetry={onRetry} />
          {!isHeld && <RestoreAtStart />}
        </div>
      </main>
    </div>
  );
}
