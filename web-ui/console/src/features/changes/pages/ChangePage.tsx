import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pathTo, useGo, usePathParams, useTenant } from '~/app/navigate';
import { Delivery, StateLabel } from '~/shared/changes/Delivery';
import { settled, tally, tallyWords } from '~/shared/changes/progress';
import { type RevisionStatus, revisionQuery } from '~/shared/changes/queries';
import { ActionButton } from '~/shared/ui/ActionButton';
import { Ago } from '~/shared/ui/AsOf';
import { PageFrame } from '~/shared/ui/PageFrame';
import { QueryView } from '~/shared/ui/QueryView';
import { ResourceDiffs } from '../components/ResourceDiffs';
import { RevertDialog } from '../components/RevertDialog';

export default function ChangePage() {
  const tenant = useTenant();
  const { number = '' } = usePathParams();
  const query = useQuery({
    ...revisionQuery(tenant, Number(number)),
    // The stream tells of progress; this is for when it is lost.
    refetchInterval: (current) => (current.state.data === undefined || settled(current.state.data.clusters) ? false : 5_000),
  });
  return (
    <QueryView query={query} what={`Change ${number}`}>
      {(change) => <Change change={change} />}
    </QueryView>
  );
}

function Change({ change }: { change: RevisionStatus }) {
  const go = useGo();
  const [reverting, setReverting] = useState(false);
  return (
    <PageFrame
      title={`Change ${String(change.revision)}`}
      crumbs={[{ label: 'Changes', to: 'changes' }]}
      label={<StateLabel state={change.state} />}
      lead={
        <>
          By {change.by}, <Ago at={change.at} />
        </>
      }
      actions={
        <ActionButton needs="edit" variant="secondary" notNow={change.changes.length === 0 ? 'What it did is no longer known.' : ''} onClick={() => setReverting(true)}>
          Take it back
        </ActionButton>
      }
    >
      <section aria-labelledby="change-clusters" className="weft-section">
        <h2 id="change-clusters" className="weft-subtitle">
          In the clusters: {tallyWords(tally(change.clusters))}
        </h2>
        <Delivery clusters={change.clusters} />
      </section>
      <section aria-labelledby="change-what" className="weft-section">
        <h2 id="change-what" className="weft-subtitle">
          What was changed
        </h2>
        <ResourceDiffs changes={change.changes} />
      </section>
      {reverting && (
        <RevertDialog change={change} onClose={() => setReverting(false)} onReverted={(revision) => {
          setReverting(false);
          go(pathTo('changes', String(revision)));
        }} />
      )}
    </PageFrame>
  );
}
