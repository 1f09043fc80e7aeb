import { useCallback, useState } from 'react';
import { useSession } from '~/app/permissions';
import { useTenant } from '~/app/navigate';

const PREFIX = 'weft.draft.';

function read<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // full or off: the draft then lives as long as the page
  }
}

export interface Draft<T> {
  value: T;
  set: (next: T | ((before: T) => T)) => void;
  /** Forgets what was kept, and starts from the beginning. */
  discard: () => void;
  /** It was there when the page was opened: a reload, a log-in, or coming back. */
  restored: boolean;
}

/**
 * What a person has typed, kept in this tab over reloads and log-ins, by tenant and person; other tabs have their own.
 * Never for secrets.
 */
export function useDraft<T>(name: string, initial: T): Draft<T> {
  const tenant = useTenant();
  const person = useSession()?.user.name ?? '';
  const key = `${PREFIX}${tenant}.${person}.${name}`;
  const [state, setState] = useState(() => {
    const kept = read<T>(key);
    return { value: kept ?? initial, restored: kept !== undefined };
  });
  const set = useCallback(
    (next: T | ((before: T) => T)) => {
      setState((before) => {
        const value = typeof next === 'function' ? (next as (before: T) => T)(before.value) : next;
        write(key, value);
        return { ...before, value };
      });
    },
    [key],
  );
  const discard = useCallback(() => {
    write(key, undefined);
    setState({ value: initial, restored: false });
    // The initial value is what the caller started with; a new object every render must not start anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return { value: state.value, set, discard, restored: state.restored };
}
