import { useEffect, useEffectEvent } from 'react';

/** Where keys mean text, or a choice in a menu, and no shortcut. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="menu"], [role="listbox"], .cm-editor') !== null;
}

const CHORD_MILLIS = 1_500;

export interface ShortcutHandlers {
  onSearch: () => void;
  onHelp: () => void;
  /** The letter after `g`; true when it went somewhere. */
  onGo: (letter: string) => boolean;
  onPause: () => void;
}

/** Ctrl/⌘-K, `?`, `/`, `p` and `g` + letter; off while typing and while a dialog is open. */
export function useShortcuts(handlers: ShortcutHandlers): void {
  const pressed = useEffectEvent((event: KeyboardEvent, chord: { since: number }) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      handlers.onSearch();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
    const inChord = performance.now() - chord.since < CHORD_MILLIS;
    chord.since = Number.NEGATIVE_INFINITY;
    if (inChord) {
      if (handlers.onGo(event.key.toLowerCase())) event.preventDefault();
    } else if (event.key === 'g') {
      chord.since = performance.now();
    } else if (event.key === '?') {
      event.preventDefault();
      handlers.onHelp();
    } else if (event.key === 'p') {
      handlers.onPause();
    } else if (event.key === '/') {
      const field = document.querySelector<HTMLElement>('[data-shortcut="search"] input, input[data-shortcut="search"]');
      event.preventDefault();
      if (field === null) handlers.onSearch();
      else field.focus();
    }
  });
  useEffect(() => {
    const chord = { since: Number.NEGATIVE_INFINITY };
    const listen = (event: KeyboardEvent) => pressed(event, chord);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
