/** Weights of a split: whole numbers from 0 to 100 that add to 100, whatever a person does to one of them. */

export const WHOLE = 100;

/** Sets one weight; the others share what is left in the proportion that they had, evenly when they had none. */
export function withWeight(weights: readonly number[], index: number, wanted: number): number[] {
  if (weights.length <= 1) return weights.map(() => WHOLE);
  const weight = Math.min(WHOLE, Math.max(0, Math.round(Number.isFinite(wanted) ? wanted : 0)));
  const others = weights.filter((_, place) => place !== index);
  const shares = shared(WHOLE - weight, others);
  shares.splice(index, 0, weight);
  return shares;
}

/** One more, with nothing yet; the first has all. */
export function withOneMore(weights: readonly number[]): number[] {
  return weights.length === 0 ? [WHOLE] : [...shared(WHOLE, weights), 0];
}

/** One less; what it had goes to the others in their proportion. */
export function withoutOne(weights: readonly number[], index: number): number[] {
  return shared(
    WHOLE,
    weights.filter((_, place) => place !== index),
  );
}

/** As equal as whole numbers can be; the first ones get what is over. */
export function even(count: number): number[] {
  return shared(
    WHOLE,
    Array.from({ length: count }, () => 1),
  );
}

export function sum(weights: readonly number[]): number {
  return weights.reduce((total, weight) => total + weight, 0);
}

/** Whole shares of a total in given proportions, by largest remainder; the earlier wins a tie. */
export function shared(total: number, proportions: readonly number[]): number[] {
  const usable = proportions.map((part) => (Number.isFinite(part) && part > 0 ? part : 0));
  const all = sum(usable);
  const parts = all > 0 ? usable : usable.map(() => 1);
  const exact = parts.map((part) => (total * part) / sum(parts));
  const shares = exact.map(Math.floor);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .filter(({ index }) => (parts[index] ?? 0) > 0)
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = total - sum(shares);
  for (let turn = 0; left > 0 && byRemainder.length > 0; turn++, left--) {
    const place = byRemainder[turn % byRemainder.length]?.index ?? 0;
    shares[place] = (shares[place] ?? 0) + 1;
  }
  return shares;
}
