export type LineKind = 'same' | 'added' | 'removed';

export interface DiffLine {
  kind: LineKind;
  text: string;
  /** Line numbers from 1, where the line is on that side. */
  before?: number;
  after?: number;
}

/** A run of lines, or how many equal ones are left out. */
export type DiffHunk = { lines: readonly DiffLine[] } | { skipped: number; lines: readonly DiffLine[] };

const MOST_STEPS = 4_000;

/**
 * The shortest way from one text to the other, line by line (Myers' algorithm). Texts that have next to nothing in common
 * are told as all removed, all added.
 */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = split(before);
  const b = split(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = shortest(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const kinds: LineKind[] = [...same(start), ...middle, ...same(end)];
  let i = 0;
  let j = 0;
  return kinds.map((kind) => {
    if (kind === 'removed') return { kind, text: a[i] ?? '', before: ++i };
    if (kind === 'added') return { kind, text: b[j] ?? '', after: ++j };
    return { kind, text: a[i] ?? '', before: ++i, after: ++j };
  });
}

function split(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

function same(lines: number): LineKind[] {
  return Array.from({ length: lines }, () => 'same');
}

function shortest(a: readonly string[], b: readonly string[]): LineKind[] {
  const n = a.length;
  const m = b.length;
  const most = Math.min(n + m, MOST_STEPS);
  let reach = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let d = 0; d <= most; d++) {
    trail.push(reach);
    const next = new Map(reach);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < n && x - k < m && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= n && x - k >= m) return back(trail, n, m);
    }
    reach = next;
  }
  return [...Array.from({ length: n }, (): LineKind => 'removed'), ...Array.from({ length: m }, (): LineKind => 'added')];
}

function back(trail: readonly Map<number, number>[], n: number, m: number): LineKind[] {
  const kinds: LineKind[] = [];
  let x = n;
  let y = m;
  for (let d = trail.length - 1; d >= 0; d--) {
    const reach = trail[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const from = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (reach.get(from) ?? 0);
    const fromY = d === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      if (d > 0 && (down ? x === fromX : y === fromY)) break;
      kinds.push('same');
      x--;
      y--;
    }
    if (d === 0) break;
    kinds.push(down ? 'added' : 'removed');
    x = fromX;
    y = fromY;
  }
  return kinds.reverse();
}

/** Leaves out equal lines that are further than `context` from a change. */
export function hunks(lines: readonly DiffLine[], context = 3): DiffHunk[] {
  const near = new Array<boolean>(lines.length).fill(false);
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    for (let at = Math.max(0, index - context); at <= Math.min(lines.length - 1, index + context); at++) near[at] = true;
  });
  const out: DiffHunk[] = [];
  let index = 0;
  while (index < lines.length) {
    const keep = near[index] ?? false;
    let to = index;
    while (to < lines.length && (near[to] ?? false) === keep) to++;
    const run = lines.slice(index, to);
    out.push(keep ? { lines: run } : { skipped: run.length, lines: run });
    index = to;
  }
  return out;
}

export function countChanges(lines: readonly DiffLine[]): { added: number; removed: number } {
  return {
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  };
}
