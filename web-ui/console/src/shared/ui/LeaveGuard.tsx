import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export interface LeaveGuardProps {
  /** Whether there is something to lose. */
  when: boolean;
  title: string;
  children: ReactNode;
  leave?: string;
  stay?: string;
  /** Called when it is left all the same. */
  onLeave?: () => void;
}

/** Asks before a page is left: by a link, the back button, a reload, or closing the tab. */
export function LeaveGuard({ when, title, children, leave = 'Leave', stay = 'Stay', onLeave }: LeaveGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Modal variant="small" isOpen onClose={blocker.reset} aria-labelledby="leave-title" aria-describedby="leave-body">
      <ModalHeader title={title} labelId="leave-title" titleIconVariant="warning" />
      <ModalBody id="leave-body">{children}</ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={blocker.reset}>
          {stay}
        </Button>
        <Button
          variant="link"
          onClick={() => {
            onLeave?.();
            blocker.proceed();
          }}
        >
          {leave}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
