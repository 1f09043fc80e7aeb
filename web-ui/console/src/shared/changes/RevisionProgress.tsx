import { Alert, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useTenant } from '~/app/navigate';
import { QueryView } from '~/shared/ui/QueryView';
import { Delivery } from './Delivery';
import { settled, tally, tallyWords } from './progress';
import { revisionQuery } from './queries';

/** What becomes of a change just made, cluster by cluster, as it happens. */
export function RevisionProgress({ revision, title }: { revision: number; title: string }) {
  const tenant = useTenant();
  const query = useQuery({
    ...revisionQuery(tenant, revision),
    // The stream tells of progress; this is for when it is lost.
    refetchInterval: (current) => (current.state.data !== undefined && settled(current.state.data.clusters) ? false : 5_000),
  });
  const done = query.data !== undefined && settled(query.data.clusters);
  return (
    <section aria-label={title} className="weft-progress-panel">
      <Alert
        isInline
        variant={query.data?.state === 'refused' ? 'danger' : done ? 'success' : 'info'}
        customIcon={done ? undefined : <Spinner size="md" aria-hidden="true" />}
        title={query.data === undefined ? title : `${title}: ${tallyWords(tally(query.data.clusters))}`}
        actionLinks={<AppLink to={pathTo('changes', String(revision))}>Change {revision}: what exactly, and how to take it back</AppLink>}
      />
      <QueryView query={query} what={`Change ${String(revision)}`}>
        {(status) => <Delivery clusters={status.clusters} />}
      </QueryView>
    </section>
  );
}
