import { Card, CardBody, CardFooter, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Cluster } from '~/api/types';
import { AppLink, pathTo, useTenant } from '~/app/navigate';
import { PhaseLabel, SimulatedLabel } from '~/shared/clusters/PhaseLabel';
import { stateTone, stateWord } from '~/shared/changes/progress';
import { type Revision, revisionsQuery } from '~/shared/changes/queries';
import { summary } from '~/shared/changes/words';
import { count } from '~/shared/format/numbers';
import { Ago } from '~/shared/ui/AsOf';
import { QueryView } from '~/shared/ui/QueryView';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { someClustersOptions } from '../queries';

const SHOWN = 6;

/** The newest changes, and clusters by name, beside each other: where one goes on from here. */
export function Newest() {
  const tenant = useTenant();
  const clusters = useQuery(someClustersOptions(tenant, SHOWN));
  const changes = useQuery(revisionsQuery(tenant, { q: '', resource: undefined, limit: SHOWN, continue: undefined }));
  return (
    <div className="weft-newest">
      <Glance title="Newest changes" to="changes" all="All changes">
        <QueryView query={changes} what="The newest changes">
          {({ items }) => (items.length === 0 ? <p>None yet.</p> : <ul className="weft-glance">{items.map((each) => <ChangeRow key={each.revision} change={each} />)}</ul>)}
        </QueryView>
      </Glance>
      <Glance title="Clusters" to="clusters" all={clusters.data === undefined ? 'All clusters' : `All ${count(clusters.data.total ?? clusters.data.items.length)} clusters`}>
        <QueryView query={clusters} what="The clusters">
          {({ items }) => <ul className="weft-glance">{items.map((each) => <ClusterRow key={each.metadata?.name} cluster={each} />)}</ul>}
        </QueryView>
      </Glance>
    </div>
  );
}

function Glance({ title, to, all, children }: { title: string; to: string; all: string; children: ReactNode }) {
  return (
    <Card>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>{children}</CardBody>
      <CardFooter>
        <AppLink to={to}>{all}</AppLink>
      </CardFooter>
    </Card>
  );
}

function ChangeRow({ change }: { change: Revision }) {
  return (
    <li>
      <span>
        <AppLink to={pathTo('changes', String(change.revision))}>{summary(change.changes)}</AppLink>
        <span className="weft-problem-detail">
          {change.by}, <Ago at={change.at} />
        </span>
      </span>
      <StatusLabel tone={stateTone(change.state)}>{stateWord(change.state)}</StatusLabel>
    </li>
  );
}

function ClusterRow({ cluster }: { cluster: Cluster }) {
  const name = cluster.metadata?.name ?? '';
  return (
    <li>
      <span>
        <AppLink to={pathTo('clusters', name)}>{name}</AppLink>
        <span className="weft-problem-detail">{cluster.spec?.region ?? ''}</span>
      </span>
      <span className="weft-status-cell">
        <PhaseLabel phase={cluster.status?.phase} meaning={cluster.status?.phaseDetail} />
        {cluster.status?.simulated === true && <SimulatedLabel />}
      </span>
    </li>
  );
}
