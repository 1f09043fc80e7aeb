import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { CheckCircleIcon } from '@patternfly/react-icons';
import { useEffect } from 'react';
import { tellSessionRenewed } from './renewal';

/** The end of a log-in in another window. */
export default function SessionRenewed() {
  useEffect(() => {
    tellSessionRenewed();
    const timer = setTimeout(() => globalThis.close(), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main>
      <EmptyState titleText="You are logged in again" headingLevel="h1" icon={CheckCircleIcon} status="success">
        <EmptyStateBody>Go back to the window where you were; this one can be closed.</EmptyStateBody>
      </EmptyState>
    </main>
  );
}
