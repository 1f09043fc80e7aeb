import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useSteadyRows } from './use-steady-rows';

interface Row {
  id: string;
  value: number;
}

const keyOf = (row: Row) => row.id;
const row = (id: string, value = 0): Row => ({ id, value });

function shown(rows: readonly Row[], question = 'q') {
  return renderHook(({ rows: now, question: asked }) => useSteadyRows(now, keyOf, asked), { initialProps: { rows, question } });
}

describe('steady rows', () => {
  it('take over new values in place', () => {
    const { result, rerender } = shown([row('a', 1), row('b', 1)]);

    rerender({ rows: [row('a', 2), row('b', 3)], question: 'q' });

    expect(result.current.rows.map((each) => each.row.value)).toEqual([2, 3]);
    expect(result.current.changes).toBe(0);
  });

  it('count who comes and keep who goes, until asked to show', () => {
    const { result, rerender } = shown([row('a'), row('b')]);
    rerender({ rows: [row('0'), row('b')], question: 'q' });
    expect(result.current.rows.map((each) => [each.row.id, each.gone])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(result.current.changes).toBe(2);

    act(() => result.current.show());

    expect(result.current.rows.map((each) => each.row.id)).toEqual(['0', 'b']);
    expect(result.current.changes).toBe(0);
  });

  it('tell of a new order without following it', () => {
    const { result, rerender } = shown([row('a'), row('b')]);

    rerender({ rows: [row('b'), row('a')], question: 'q' });

    expect(result.current.rows.map((each) => each.row.id)).toEqual(['a', 'b']);
    expect(result.current.changes).toBe(1);
  });

  it('show at once what another question answers', () => {
    const { result, rerender } = shown([row('a')]);

    rerender({ rows: [row('x'), row('y')], question: 'other' });

    expect(result.current.rows.map((each) => each.row.id)).toEqual(['x', 'y']);
    expect(result.current.changes).toBe(0);
  });

  it('show the first rows of an empty list at once', () => {
    const { result, rerender } = shown([]);

    rerender({ rows: [row('a')], question: 'q' });

    expect(result.current.rows).toHaveLength(1);
  });
});
