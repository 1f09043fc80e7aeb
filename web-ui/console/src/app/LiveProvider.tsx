import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactNode } from 'react';
import { Live } from '~/api/live';
import { LiveContext } from './live-context';

/** The tenant's stream of changes, for as long as the tenant is shown. */
export function LiveProvider({ tenant, children }: { tenant: string; children: ReactNode }) {
  const queries = useQueryClient();
  const live = useMemo(() => new Live(tenant, queries), [tenant, queries]);
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
