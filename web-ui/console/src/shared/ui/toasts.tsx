import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core';
import { useSyncExternalStore, type ReactNode } from 'react';

interface Toast {
  id: number;
  variant: 'success' | 'info' | 'warning' | 'danger';
  title: string;
  body?: ReactNode;
}

let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: readonly Toast[]): void {
  toasts = to;
  listeners.forEach((listener) => listener());
}

/** Tells what was done, for a while, in the corner; never the only place where something is said. */
export function toast(variant: Toast['variant'], title: string, body?: ReactNode): void {
  change([...toasts, { id: next++, variant, title, body }].slice(-4));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const close = (id: number) => change(toasts.filter((each) => each.id !== id));
  return (
    <AlertGroup isToast isLiveRegion aria-label="What was done">
      {shown.map((each) => (
        <Alert
          key={each.id}
          variant={each.variant}
          title={each.title}
          timeout={each.variant === 'danger' ? false : 6_000}
          onTimeout={() => close(each.id)}
          actionClose={<AlertActionCloseButton title={each.title} onClose={() => close(each.id)} />}
        >
          {each.body}
        </Alert>
      ))}
    </AlertGroup>
  );
}
