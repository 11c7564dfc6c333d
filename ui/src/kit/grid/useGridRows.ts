import { useEffect, useReducer, useRef, useState } from "react";
import { type RowSource, WindowCache } from "./windows.ts";

/**
 * Rows of the source that is shown. When another source comes, the old rows stay until the first window of the new one
 * is here, so that typing never flickers; answers for a source that was left meanwhile are dropped.
 * `firstWindow` says which rows the new source will show first.
 */
export function useGridRows<T>(
  source: RowSource<T> | undefined,
  firstWindow: (next: RowSource<T>, sameQuery: boolean) => { first: number; last: number },
  onError: (error: unknown) => void,
) {
  const [shown, setShown] = useState<WindowCache<T> | null>(null);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const current = useRef<WindowCache<T> | null>(null);
  const callbacks = useRef({ firstWindow, onError });
  callbacks.current = { firstWindow, onError };

  useEffect(() => {
    if (!source) return;
    const cache = new WindowCache(source, redraw);
    const before = current.current;
    const { first, last } = callbacks.current.firstWindow(source, before?.source.query === source.query);
    let left = false;
    cache.load(first, last).then(
      () => {
        if (left) return;
        before?.dispose();
        current.current = cache;
        setShown(cache);
      },
      (error) => {
        if (!left) callbacks.current.onError(error);
      },
    );
    return () => {
      left = true;
      if (current.current !== cache) cache.dispose();
    };
  }, [source]);

  useEffect(() => () => current.current?.dispose(), []);

  return shown;
}
