import { useSyncExternalStore } from 'react';

const EVERY_MILLIS = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = new Date();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = new Date();
  timer ??= setInterval(() => {
    if (document.hidden) return;
    now = new Date();
    listeners.forEach((each) => each());
  }, EVERY_MILLIS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, moved on every ten seconds: for words such as `5 min ago`. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}
