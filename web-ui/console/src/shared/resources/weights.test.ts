import { describe, expect, it } from 'vitest';
import { even, sum, withOneMore, withWeight, withoutOne } from './weights';

/** A small generator of its own, so that a failure can be repeated from the seed it prints. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function valid(weights: number[]): boolean {
  return (
    sum(weights) === 100 && weights.every((weight) => Number.isInteger(weight) && weight >= 0 && weight <= 100)
  );
}

describe('weights', () => {
  it('take from the others in their proportion', () => {
    expect(withWeight([60, 30, 10], 0, 20)).toEqual([20, 60, 20]);
    expect(withWeight([90, 10], 1, 25)).toEqual([75, 25]);
  });

  it('share evenly when the others had nothing', () => {
    expect(withWeight([100, 0, 0], 0, 40)).toEqual([40, 30, 30]);
  });

  it('hold a single destination at 100 and bounds at 0 and 100', () => {
    expect(withWeight([100], 0, 30)).toEqual([100]);
    expect(withWeight([50, 50], 0, 300)).toEqual([100, 0]);
    expect(withWeight([50, 50], 0, Number.NaN)).toEqual([0, 100]);
  });

  it('give what one had to those that stay', () => {
    expect(withoutOne([50, 30, 20], 0)).toEqual([60, 40]);
    expect(withoutOne([0, 0, 100], 2)).toEqual([50, 50]);
    expect(even(3)).toEqual([34, 33, 33]);
  });

  it('always add to 100, whatever is done to them', () => {
    const seed = Date.now() % 1_000_000;
    const next = random(seed);
    let weights = [100];
    for (let turn = 0; turn < 2_000; turn++) {
      const what = next();
      const place = Math.floor(next() * weights.length);
      if (what < 0.2 && weights.length < 8) weights = withOneMore(weights);
      else if (what < 0.35 && weights.length > 1) weights = withoutOne(weights, place);
      else weights = withWeight(weights, place, Math.round(next() * 140 - 20));
      expect(valid(weights), `seed ${String(seed)}, turn ${String(turn)}: ${weights.join()}`).toBe(true);
    }
  });

  it('mend what did not add to 100', () => {
    expect(valid(withOneMore([70, 70]))).toBe(true);
    expect(valid(withWeight([1, 2, 3], 1, 50))).toBe(true);
  });
});
