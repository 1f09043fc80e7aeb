import { Content, List, ListItem, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useTenant } from '~/app/navigate';
import { counted } from '~/shared/format/numbers';
import { Ago } from '~/shared/ui/AsOf';
import { Facts, type Fact } from '~/shared/ui/Facts';
import { Labels } from '~/shared/ui/Labels';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { injectionText, isBehind, portText, type InventoryKind, type Row } from './kinds';
import { behindOptions } from './queries';

function factsOf(kind: InventoryKind, row: Row): Fact[] {
  const cluster: Fact = { term: 'Cluster', value: <AppLink to={pathTo('clusters', row.cluster)}>{row.cluster}</AppLink> };
  const namespace: Fact = { term: 'Namespace', value: row.namespace };
  const changed: Fact = { term: 'Changed', value: <Ago at={row.changedAt} /> };
  switch (kind) {
    case 'services':
      return [cluster, namespace, { term: 'Ports', value: (row.ports ?? []).map(portText).join(', ') }, { term: 'Headless', value: row.headless ? 'yes' : 'no' }, { term: 'Selector', value: <Labels labels={row.selector ?? {}} /> }, changed];
    case 'nodes':
      return [cluster, { term: 'Status', value: row.ready === true ? 'Ready' : 'Not ready' }, { term: 'Region', value: row.region }, { term: 'Zone', value: row.zone }, { term: 'Kubelet', value: row.kubeletVersion }, changed];
    case 'gateways':
      return [cluster, namespace, { term: 'Addresses', value: (row.addresses ?? []).map((each) => `${each.address}:${each.port}`).join(', ') }, changed];
    case 'namespaces':
      return [
        cluster,
        { term: 'Proxies injected', value: injectionText(row.injection) },
        {
          term: 'Services',
          value: (
            <AppLink to="inventory/services" search={{ cluster: row.cluster, namespace: row.name }}>
              Show them
            </AppLink>
          ),
        },
        changed,
      ];
  }
}

/** Beside the list. Everything here was reported by a cluster: text, shown as text. */
export function RowSummary({ kind, row }: { kind: InventoryKind; row: Row }) {
  return (
    <div className="weft-stack">
      {row.stale && <StatusLabel tone="disconnected">Old: its cluster does not answer</StatusLabel>}
      <Facts label="Facts" facts={factsOf(kind, row)} columns={2} />
      {row.labels !== undefined && (
        <>
          <Title headingLevel="h3" size="md">
            Labels
          </Title>
          <Labels labels={row.labels} most={12} />
        </>
      )}
      {kind === 'services' && <Behind service={row} />}
    </div>
  );
}

function Behind({ service }: { service: Row }) {
  const tenant = useTenant();
  const versions = useQuery(behindOptions(tenant, 'versions', service.cluster, service.namespace ?? '', service.name ?? ''));
  const rows = (versions.data?.items ?? []).filter((row) => isBehind(service, row));
  return (
    <>
      <Title headingLevel="h3" size="md">
        Versions
      </Title>
      {versions.data !== undefined && rows.length === 0 && <Content component="p">No workload is behind it.</Content>}
      <List isPlain>
        {rows.map((row) => (
          <ListItem key={row.version}>
            <StatusLabel tone={row.ready === row.desired ? 'ok' : 'warning'}>{`${String(row.ready ?? 0)} of ${counted(Number(row.desired ?? 0), 'instance')} ready`}</StatusLabel>{' '}
            <strong>{row.version || 'no version'}</strong> {row.workloadKind} {row.workload}
            {row.meshed === false && ' · without proxy'}
          </ListItem>
        ))}
      </List>
    </>
  );
}
