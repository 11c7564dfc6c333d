/** An open list: its length and a way to read a piece of it. `key` changes whenever the list is opened anew. */
export type RowSource<T> = {
  key: number;
  /** What the list answers. While this stays the same, a list opened anew keeps its scroll place. */
  query: string;
  total: number;
  getWindow: (offset: number, limit: number) => Promise<T[]>;
  /** The index of a record in this list; null where it is not in it. */
  position?: (id: string) => Promise<number | null>;
};

let nextKey = 1;

/** A list as it was just opened: no other has its key. */
export function rowSource<T>(source: Omit<RowSource<T>, "key">): RowSource<T> {
  return { key: nextKey++, ...source };
}

/** Rows are read in blocks of this many; the contract allows up to 200 at once. */
export const BLOCK = 100;
const MAX_IN_FLIGHT = 2;
const MAX_BLOCKS = 80;

/** The rows of one source that were read, and what is being read. */
export class WindowCache<T> {
  private readonly blocks = new Map<number, T[]>();
  private readonly loading = new Set<number>();
  private wanted: number[] = [];
  private disposed = false;
  private waiting: { from: number; to: number; resolve: () => void; reject: (error: unknown) => void }[] = [];

  constructor(
    readonly source: RowSource<T>,
    private readonly onChange: () => void,
  ) {}

  row(index: number): T | undefined {
    return this.blocks.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  }

  /** Whether all rows from `first` up to, not including, `last` are here. */
  has(first: number, last: number): boolean {
    return this.missing(first, last).length === 0;
  }

  /** Asks for what is in sight, then for the neighbours. What was asked before and is out of sight now is dropped. */
  want(first: number, last: number) {
    const near = this.missing(first, last);
    const ahead = this.missing(Math.max(0, first - BLOCK / 2), Math.min(this.source.total, last + BLOCK));
    this.wanted = [...near, ...ahead.filter((block) => !near.includes(block))];
    this.pump();
  }

  /** Resolves when the rows from `first` up to, not including, `last` are here. */
  load(first: number, last: number): Promise<void> {
    if (this.has(first, last)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ from: first, to: last, resolve, reject });
      this.pump();
    });
  }

  dispose() {
    this.disposed = true;
    this.waiting = [];
    this.wanted = [];
  }

  private missing(first: number, last: number): number[] {
    const blocks: number[] = [];
    const end = Math.min(last, this.source.total);
    for (let block = Math.floor(first / BLOCK); block * BLOCK < end; block++) {
      if (!this.blocks.has(block)) blocks.push(block);
    }
    return blocks;
  }

  private pump() {
    while (!this.disposed && this.loading.size < MAX_IN_FLIGHT) {
      const queue = [...this.wanted, ...this.waiting.flatMap(({ from, to }) => this.missing(from, to))];
      const next = queue.find((block) => !this.loading.has(block) && !this.blocks.has(block));
      if (next === undefined) return;
      this.loading.add(next);
      this.read(next);
    }
  }

  private async read(block: number) {
    try {
      const rows = await this.source.getWindow(block * BLOCK, BLOCK);
      if (this.disposed) return;
      this.blocks.set(block, rows);
      this.forgetOldest(block);
      this.loading.delete(block);
    } catch (error) {
      this.loading.delete(block);
      this.wanted = this.wanted.filter((other) => other !== block);
      const failed = this.waiting.filter(({ from, to }) => this.missing(from, to).includes(block));
      this.waiting = this.waiting.filter((entry) => !failed.includes(entry));
      for (const entry of failed) entry.reject(error);
      if (this.disposed) return;
    }
    const done = this.waiting.filter(({ from, to }) => this.has(from, to));
    this.waiting = this.waiting.filter((entry) => !done.includes(entry));
    for (const entry of done) entry.resolve();
    this.onChange();
    this.pump();
  }

  /** Keeps memory flat: blocks far from the one just read are dropped, unless somebody waits for them. */
  private forgetOldest(near: number) {
    if (this.blocks.size <= MAX_BLOCKS || this.waiting.length > 0) return;
    const far = [...this.blocks.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const block of far.slice(0, this.blocks.size - MAX_BLOCKS)) this.blocks.delete(block);
  }
}
