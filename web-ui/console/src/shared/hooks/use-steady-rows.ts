import { useMemo, useState } from 'react';

export interface SteadyRows<T> {
  rows: readonly { row: T; gone: boolean }[];
  /** How many came, went or moved since the order that is shown. */
  changes: number;
  show: () => void;
}

/** How the newest rows differ from the order shown: values are taken over, membership and order are not. */
export function steady<T>(order: readonly string[], kept: ReadonlyMap<string, T>, newest: ReadonlyMap<string, T>) {
  const rows = order.flatMap((key) => {
    const now = newest.get(key);
    const row = now ?? kept.get(key);
    return row === undefined ? [] : [{ row, gone: now === undefined }];
  });
  const gone = rows.filter((each) => each.gone).length;
  const shown = new Set(order);
  const come = [...newest.keys()].filter((key) => !shown.has(key)).length;
  const stayed = order.filter((key) => newest.has(key));
  const moved = [...newest.keys()].filter((key) => shown.has(key)).some((key, index) => stayed[index] !== key);
  return { rows, changes: gone + come === 0 && moved ? 1 : gone + come };
}

/**
 * Rows that do not jump: while `question` (page, sort, filters) is the same, values change in place, and who comes, goes or
 * moves is only counted until the reader asks to see it.
 */
export function useSteadyRows<T>(newest: readonly T[], keyOf: (row: T) => string, question: string): SteadyRows<T> {
  const byKey = useMemo(() => new Map(newest.map((row) => [keyOf(row), row])), [newest, keyOf]);
  const [shown, setShown] = useState({ question, order: [...byKey.keys()], kept: byKey });
  const fresh = { question, order: [...byKey.keys()], kept: byKey };
  if (shown.question !== question || (shown.order.length === 0 && byKey.size > 0)) setShown(fresh);
  const current = shown.question === question ? shown : fresh;
  const { rows, changes } = steady(current.order, current.kept, byKey);
  return { rows, changes, show: () => setShown(fresh) };
}
