import { CodeBlock, CodeBlockCode, ExpandableSection, Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClusterState } from '~/api/types';
import { AppLink, pathTo, useTenant } from '~/app/navigate';
import { counted } from '~/shared/format/numbers';
import { write } from '~/shared/resources/draft';
import { QueryView } from '~/shared/ui/QueryView';
import { StateLabel } from './Delivery';
import { byKind } from './diffs';
import { objectWords, parseObjectKey } from './key';
import { type ClusterObject, annotation, clusterObjectsQuery } from './queries';
import './changes.css';

/** So many clusters are read at once; of more, each when it is opened. */
const READ_AT_ONCE = 6;

/** Which objects of a global namespace lie in which cluster. */
export function Landed({ globalNamespace, clusters }: { globalNamespace: string; clusters: readonly ClusterState[] }) {
  if (clusters.length === 0) return <p>No cluster has joined yet.</p>;
  return clusters.map((each) => (
    <OneCluster key={each.cluster} globalNamespace={globalNamespace} cluster={each} readsAtOnce={clusters.length <= READ_AT_ONCE} />
  ));
}

interface OneClusterProps {
  globalNamespace: string;
  cluster: ClusterState;
  readsAtOnce: boolean;
}

function OneCluster({ globalNamespace, cluster, readsAtOnce }: OneClusterProps) {
  const tenant = useTenant();
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...clusterObjectsQuery(tenant, cluster.cluster), enabled: open || readsAtOnce });
  const objects = query.data?.items.filter((each) => annotation(each.object, 'global-namespace') === globalNamespace);
  return (
    <section aria-label={cluster.cluster} className="weft-landed-cluster">
      <div className="weft-landed-head">
        <AppLink to={pathTo('clusters', cluster.cluster)}>{cluster.cluster}</AppLink>
        <StateLabel state={cluster.state} />
        {objects !== undefined && byKind(objects.map((each) => parseObjectKey(each.key).kind)).map(({ kind, count }) => (
          <Label key={kind} isCompact variant="outline">
            {count} {kind}
          </Label>
        ))}
      </div>
      <ExpandableSection
        isExpanded={open}
        onToggle={(_event, next) => setOpen(next)}
        toggleText={objects === undefined ? `Objects in ${cluster.cluster}` : `${counted(objects.length, 'object')} in ${cluster.cluster}`}
      >
        {open && (
          <QueryView query={query} what={`The objects of ${cluster.cluster}`}>
            {(read) => (
              <>
                {!read.complete && <p>Only the first {read.items.length} objects of this cluster were read.</p>}
                {objects?.length === 0 && <p>Nothing of this global namespace.</p>}
                {objects?.map((each) => <OneObject key={each.key} object={each} />)}
              </>
            )}
          </QueryView>
        )}
      </ExpandableSection>
    </section>
  );
}

function OneObject({ object }: { object: ClusterObject }) {
  const [open, setOpen] = useState(false);
  return (
    <ExpandableSection isIndented isExpanded={open} onToggle={(_event, next) => setOpen(next)} toggleText={objectWords(object.key)}>
      {open && (
        <CodeBlock>
          <CodeBlockCode>{write(object.object)}</CodeBlockCode>
        </CodeBlock>
      )}
    </ExpandableSection>
  );
}
