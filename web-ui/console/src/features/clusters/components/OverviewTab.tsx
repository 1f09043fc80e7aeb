import { Alert, Card, CardBody, CardTitle, Content, Gallery } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '~/app/navigate';
import type { Cluster } from '~/api/types';
import { counted } from '~/shared/format/numbers';
import { Facts } from '~/shared/ui/Facts';
import { Labels } from '~/shared/ui/Labels';
import { clusterView } from '../model';
import { bundleOptions } from '../queries';
import { Capabilities, clusterFacts } from './ClusterSummary';
import { Delivery } from './Delivery';
import { KeyedReasons } from './KeyedReasons';

/** Whether it is well, and what it is. */
export function OverviewTab({ cluster }: { cluster: Cluster }) {
  const tenant = useTenant();
  const view = clusterView(cluster);
  const bundle = useQuery(bundleOptions(tenant, view.name)).data;
  const refusals = Object.entries(bundle?.refusals ?? {});
  const drift = Object.entries(bundle?.drift ?? {});
  return (
    <div className="weft-stack-wide">
      {refusals.length > 0 && (
        <Alert isInline variant="warning" title={`The cluster refused ${counted(refusals.length, 'object')}; it keeps what it had of them.`}>
          <KeyedReasons entries={refusals} label="Refused objects" />
        </Alert>
      )}
      {drift.length > 0 && (
        <Alert isInline variant="warning" title={`${counted(drift.length, 'object')} changed by somebody else in the cluster.`}>
          <KeyedReasons entries={drift} label="Objects changed by others" />
        </Alert>
      )}
      <Gallery hasGutter minWidths={{ default: '22rem' }}>
        <Card isCompact>
          <CardTitle>State</CardTitle>
          <CardBody>
            <Content component="p">{view.meaning}</Content>
            <Delivery bundle={bundle} />
          </CardBody>
        </Card>
        <Card isCompact>
          <CardTitle>Facts</CardTitle>
          <CardBody>
            <Facts label={`Facts about ${view.name}`} facts={clusterFacts(view)} columns={2} />
          </CardBody>
        </Card>
        <Card isCompact>
          <CardTitle>Labels</CardTitle>
          <CardBody>
            {view.description !== '' && <Content component="p">{view.description}</Content>}
            <Labels labels={view.labels} most={20} />
          </CardBody>
        </Card>
        <Card isCompact>
          <CardTitle>Capabilities</CardTitle>
          <CardBody>
            <Capabilities view={view} />
          </CardBody>
        </Card>
      </Gallery>
    </div>
  );
}
