import { Button, Content, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readSession, sessionState } from '~/api/session-state';

/**
 * The session ended while the page was open. What is typed stays where it is: one logs in again in another window, and goes
 * on here; or in this one, and finds the draft again.
 */
export default function SessionOver() {
  const [waiting, setWaiting] = useState(false);
  const queries = useQueryClient();
  useEffect(() => {
    const look = () => {
      if (!document.hidden) void readSession().catch(() => undefined);
    };
    document.addEventListener('visibilitychange', look);
    globalThis.addEventListener('focus', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      globalThis.removeEventListener('focus', look);
      if (sessionState().phase === 'open') void queries.invalidateQueries({ refetchType: 'active' });
    };
  }, [queries]);
  return (
    <Modal variant="small" isOpen aria-labelledby="session-over-title" aria-describedby="session-over-body">
      <ModalHeader title="Your session has ended" labelId="session-over-title" titleIconVariant="info" />
      <ModalBody id="session-over-body">
        <Content component="p">Nothing you typed is lost. Log in again in a new window, and go on here where you were.</Content>
        {waiting && (
          <Content component="p" aria-live="polite">
            Waiting for the log-in in the other window. If none opened, your browser blocked it: log in on this page.
          </Content>
        )}
      </ModalBody>
      <ModalFooter>
        <Button
          variant="primary"
          onClick={() => {
            setWaiting(true);
            globalThis.open('/login?returnTo=%2Fsession-renewed', 'weft-login', 'popup,width=520,height=720');
          }}
        >
          Log in in a new window
        </Button>
        <Button
          variant="secondary"
          onClick={() => location.assign(`/login?returnTo=${encodeURIComponent(`${location.pathname}${location.search}`)}`)}
        >
          Log in on this page
        </Button>
      </ModalFooter>
    </Modal>
  );
}
