import { Card, CardBody, CardTitle, Gallery, Label, LabelGroup, Tab, TabContentBody, TabTitleText, Tabs } from '@patternfly/react-core';
import { Table, TableVariant, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AppLink, pathTo, useGo, usePathParams, useSearchParams, useSetSearch, useTenant } from '~/app/navigate';
import { Findings } from '~/shared/changes/Findings';
import { type GlobalServiceDetail, globalServiceQuery } from '~/shared/changes/global-services';
import { ActionButton } from '~/shared/ui/ActionButton';
import { CopyText } from '~/shared/ui/CopyText';
import { PageFrame } from '~/shared/ui/PageFrame';
import { QueryView } from '~/shared/ui/QueryView';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { namesOf, portWords, serviceState, versionRows } from '../model';

export default function ServicePage() {
  const tenant = useTenant();
  const { gns = '', name = '' } = usePathParams();
  const query = useQuery(globalServiceQuery(tenant, gns, name));
  return (
    <QueryView query={query} what={`Service ${name} in ${gns}`}>
      {(service) => <Service service={service} />}
    </QueryView>
  );
}

function Service({ service }: { service: GlobalServiceDetail }) {
  const go = useGo();
  const set = useSetSearch();
  const { tab = 'clusters' } = useSearchParams();
  const { word, tone, why } = serviceState(service);
  const { globalNamespace: gns, name, route } = service;
  return (
    <PageFrame
      title={service.host}
      crumbs={[{ label: 'Global services', to: 'services' }]}
      label={
        <StatusLabel tone={tone} title={why}>
          {word}
        </StatusLabel>
      }
      lead={why}
      actions={
        route === null ? (
          <ActionButton needs="edit" onClick={() => go('routes/create', { search: { globalNamespace: gns, target: name } })}>
            Create a route
          </ActionButton>
        ) : undefined
      }
    >
      <Findings findings={service.findings} />
      <Facts service={service} />
      <Tabs activeKey={tab} onSelect={(_event, next) => set({ tab: next === 'clusters' ? undefined : String(next) }, { replace: true })} aria-label="Views of the service" mountOnEnter unmountOnExit>
        <Tab eventKey="clusters" title={<TabTitleText>Clusters</TabTitleText>}>
          <TabContentBody className="weft-tab">
            <Places service={service} />
          </TabContentBody>
        </Tab>
        <Tab eventKey="versions" title={<TabTitleText>Versions and instances</TabTitleText>}>
          <TabContentBody className="weft-tab">
            <Versions service={service} />
          </TabContentBody>
        </Tab>
        <Tab eventKey="names" title={<TabTitleText>Names</TabTitleText>}>
          <TabContentBody className="weft-tab">
            <Names service={service} />
          </TabContentBody>
        </Tab>
      </Tabs>
    </PageFrame>
  );
}

function Facts({ service }: { service: GlobalServiceDetail }) {
  const { globalNamespace: gns, route } = service;
  return (
    <Gallery hasGutter minWidths={{ default: '12rem' }} className="weft-section">
      <Fact title="Global namespace">
        <AppLink to={pathTo('global-namespaces', gns)}>{gns}</AppLink>
      </Fact>
      <Fact title="Instances">{service.instances}</Fact>
      <Fact title="Versions">{service.versions.join(', ') || 'none'}</Fact>
      <Fact title="Ports">{portWords(service.ports) || 'none'}</Fact>
      <Fact title="Route">
        {route === null ? (
          'None: the caller’s own cluster first, the others when it fails'
        ) : (
          <AppLink to={pathTo('routes', gns, route)}>{route}</AppLink>
        )}
      </Fact>
    </Gallery>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody className="weft-wrap">{children}</CardBody>
    </Card>
  );
}

function Places({ service }: { service: GlobalServiceDetail }) {
  const instances = new Map(service.clusters.map((each) => [`${each.cluster}/${each.namespace}`, each]));
  return (
    <Table aria-label="Clusters of the service" variant={TableVariant.compact}>
      <Thead>
        <Tr>
          <Th modifier="wrap">Cluster</Th>
          <Th modifier="wrap">Namespace</Th>
          <Th modifier="wrap">Instances</Th>
          <Th modifier="wrap">Answers others</Th>
          <Th modifier="wrap">Agent</Th>
          <Th modifier="wrap">Network</Th>
          <Th modifier="wrap">Gateway</Th>
          <Th modifier="wrap">Labels</Th>
        </Tr>
      </Thead>
      <Tbody>
        {service.places.map((place) => {
          const known = instances.get(`${place.cluster}/${place.namespace}`);
          return (
            <Tr key={`${place.cluster}/${place.namespace}`}>
              <Th dataLabel="Cluster">
                <AppLink to={pathTo('clusters', place.cluster)}>{place.cluster}</AppLink>
              </Th>
              <Td dataLabel="Namespace">{place.namespace}</Td>
              <Td dataLabel="Instances">{known?.instances ?? 0}</Td>
              <Td dataLabel="Answers others">
                {place.served ? (
                  <StatusLabel tone={known?.answered ? 'ok' : 'waiting'}>{known?.answered ? 'Yes' : 'Not yet'}</StatusLabel>
                ) : (
                  <StatusLabel tone="warning">Left out</StatusLabel>
                )}
              </Td>
              <Td dataLabel="Agent">
                <StatusLabel tone={place.connected ? 'ok' : 'disconnected'}>{place.connected ? 'Connected' : 'Not connected'}</StatusLabel>
              </Td>
              <Td dataLabel="Network">{place.network || '–'}</Td>
              <Td dataLabel="Gateway">{place.gateway.join(', ') || '–'}</Td>
              <Td dataLabel="Labels">
                <LabelGroup numLabels={2} isCompact aria-label="Labels">
                  {Object.entries(place.labels).map(([key, value]) => (
                    <Label key={key} isCompact variant="outline">
                      {key}={value}
                    </Label>
                  ))}
                </LabelGroup>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}

function Versions({ service }: { service: GlobalServiceDetail }) {
  const rows = versionRows(service.places);
  if (rows.length === 0) return <p>No cluster has an instance of it.</p>;
  return (
    <Table aria-label="Versions and instances" variant={TableVariant.compact}>
      <Thead>
        <Tr>
          <Th modifier="wrap">Version</Th>
          <Th modifier="wrap">Cluster</Th>
          <Th modifier="wrap">Namespace</Th>
          <Th modifier="wrap">Ready</Th>
          <Th modifier="wrap">In the mesh</Th>
          <Th modifier="wrap">Locality</Th>
          <Th modifier="wrap">Service accounts</Th>
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={`${row.version}/${row.cluster}/${row.namespace}/${row.locality}`}>
            <Th dataLabel="Version">{row.version || 'none given'}</Th>
            <Td dataLabel="Cluster">
              <AppLink to={pathTo('clusters', row.cluster)}>{row.cluster}</AppLink>
            </Td>
            <Td dataLabel="Namespace">{row.namespace}</Td>
            <Td dataLabel="Ready">{row.ready}</Td>
            <Td dataLabel="In the mesh">
              <StatusLabel tone={row.meshed ? 'ok' : 'warning'}>{row.meshed ? 'Yes' : 'No'}</StatusLabel>
            </Td>
            <Td dataLabel="Locality">{row.locality || '–'}</Td>
            <Td dataLabel="Service accounts">{row.serviceAccounts || '–'}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Names({ service }: { service: GlobalServiceDetail }) {
  return (
    <Table aria-label="Names of the service" variant={TableVariant.compact}>
      <Thead>
        <Tr>
          <Th modifier="wrap">Name</Th>
          <Th modifier="wrap">Where it holds</Th>
        </Tr>
      </Thead>
      <Tbody>
        {namesOf(service).map((each) => (
          <Tr key={each.name}>
            <Th dataLabel="Name">
              <CopyText text={each.name} label={each.name} />
            </Th>
            <Td dataLabel="Where it holds">{each.meaning}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
