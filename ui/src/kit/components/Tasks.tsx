import { useSyncExternalStore } from "react";
import type { Progress as ProgressValue } from "~/ipc";
import { Progress } from "./States.tsx";
import styles from "./Toast.module.css";

type Task = { id: number; label: string; progress: ProgressValue; shown: boolean; cancel?: () => void };

const SHOWN_AFTER_MS = 500;
let tasks: Task[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function update(next: Task[]) {
  tasks = next;
  for (const listener of listeners) listener();
}

/**
 * Runs something that may take long. After half a second it shows a progress with the count, and Cancel if there is a
 * way to cancel; the rest of the window stays usable.
 */
export async function runTask<T>(
  label: string,
  run: (onProgress: (progress: ProgressValue) => void) => Promise<T>,
  cancel?: () => void,
): Promise<T> {
  const id = nextId++;
  const change = (part: Partial<Task>) => update(tasks.map((task) => (task.id === id ? { ...task, ...part } : task)));
  update([...tasks, { id, label, progress: { done: 0, total: 0 }, shown: false, cancel }]);
  const timer = setTimeout(() => change({ shown: true }), SHOWN_AFTER_MS);
  try {
    return await run((progress) => change({ progress }));
  } finally {
    clearTimeout(timer);
    update(tasks.filter((task) => task.id !== id));
  }
}

/** The progress of what is running, in the corner opposite to the messages. */
export function Tasks() {
  const running = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => tasks,
  );
  const shown = running.filter((task) => task.shown);
  if (shown.length === 0) return null;
  return (
    <div className={styles.tasks} role="status">
      {shown.map((task) => (
        <div key={task.id} className={styles.task}>
          <Progress label={task.label} progress={task.progress} onCancel={task.cancel} />
        </div>
      ))}
    </div>
  );
}
