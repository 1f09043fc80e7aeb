import { Content } from '@patternfly/react-core';
import { AppLink, pathTo } from '~/app/navigate';
import type { Cluster } from '~/api/types';
import { count } from '~/shared/format/numbers';
import { Ago } from '~/shared/ui/AsOf';
import { Facts, type Fact } from '~/shared/ui/Facts';
import { Labels } from '~/shared/ui/Labels';
import { capabilityMeaning, clusterView, providerWord, type ClusterView } from '../model';
import { PhaseLabel, SimulatedLabel } from '~/shared/clusters/PhaseLabel';

/** What a cluster is, in facts; the numbers lead to the lists. */
export function clusterFacts(view: ClusterView): Fact[] {
  const linked = (value: number | undefined, kind: string) =>
    value === undefined ? undefined : (
      <AppLink to={`inventory/${kind}`} search={{ cluster: view.name }}>
        {count(value)}
      </AppLink>
    );
  return [
    { term: 'Provider', value: [providerWord(view.provider), view.region].filter((part) => part !== '').join(' · ') },
    { term: 'Network', value: view.network },
    { term: 'Mesh', value: view.mesh },
    { term: 'Kubernetes', value: view.kubernetes },
    { term: 'Nodes', value: linked(view.nodes, 'nodes') },
    { term: 'Services', value: linked(view.services, 'services') },
    { term: 'Namespaces', value: linked(view.namespaces, 'namespaces') },
    { term: 'Last seen', value: view.connected ? 'now' : <Ago at={view.lastSeen} none="never" /> },
    { term: 'Agent', value: view.agentVersion },
    { term: 'Certificate ends', value: <Ago at={view.certificateExpiresAt} /> },
  ];
}

/** Beside the list. */
export function ClusterSummary({ cluster }: { cluster: Cluster }) {
  const view = clusterView(cluster);
  return (
    <div className="weft-stack">
      <div className="weft-status-cell">
        <PhaseLabel phase={view.phase} />
        {view.simulated && <SimulatedLabel />}
      </div>
      <Content component="p">{view.meaning}</Content>
      {view.phase === 'Waiting' && (
        <AppLink to="clusters/onboard" search={{ cluster: view.name }}>
          Go on with the onboarding
        </AppLink>
      )}
      <Facts label={`Facts about ${view.name}`} facts={clusterFacts(view)} columns={2} />
      <Labels labels={view.labels} />
      <AppLink to={pathTo('clusters', view.name)}>Open the cluster’s page</AppLink>
    </div>
  );
}

export function Capabilities({ view }: { view: ClusterView }) {
  if (view.capabilities.length === 0) return <>–</>;
  return <Facts label="Capabilities" facts={view.capabilities.map((each) => ({ term: each, value: capabilityMeaning(each) || 'Reported by the agent' }))} />;
}
