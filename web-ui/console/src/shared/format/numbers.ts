const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** `10,000` */
export function count(n: number): string {
  return whole.format(n);
}

/** `1 cluster`, `3 clusters`; irregular plurals are given. */
export function counted(n: number, word: string, plural = `${word}s`): string {
  return `${count(n)} ${n === 1 ? word : plural}`;
}
