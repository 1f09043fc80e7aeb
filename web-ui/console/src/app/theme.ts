import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

export interface Theme {
  choice: ThemeChoice;
  highContrast: boolean;
}

const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
const contrast = globalThis.matchMedia?.('(prefers-contrast: more)');
const listeners = new Set<() => void>();

function stored(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

function read(): Theme {
  const choice = stored('weft.theme');
  return { choice: choice === 'dark' || choice === 'light' ? choice : 'system', highContrast: stored('weft.contrast') === 'high' };
}

let theme = read();

function show(): void {
  const classes = document.documentElement.classList;
  classes.toggle('pf-v6-theme-dark', theme.choice === 'dark' || (theme.choice === 'system' && (dark?.matches ?? false)));
  classes.toggle('pf-v6-theme-high-contrast', theme.highContrast || (contrast?.matches ?? false));
}

export function setTheme(next: Theme): void {
  theme = next;
  try {
    localStorage.setItem('weft.theme', next.choice);
    localStorage.setItem('weft.contrast', next.highContrast ? 'high' : 'normal');
  } catch {
    // storage is off: the choice lasts as long as the page
  }
  show();
  listeners.forEach((listener) => listener());
}

/** Follows the system and other tabs. */
export function startTheme(): void {
  show();
  dark?.addEventListener('change', show);
  contrast?.addEventListener('change', show);
  globalThis.addEventListener('storage', (event) => {
    if (event.key !== 'weft.theme' && event.key !== 'weft.contrast') return;
    theme = read();
    show();
    listeners.forEach((listener) => listener());
  });
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => theme,
  );
}
