import { Card, CardBody, CardHeader, CardTitle, Gallery, Label, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { ListIcon, ThIcon } from '@patternfly/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useGo, useSearchParams, useSetSearch, useTenant } from '~/app/navigate';
import type { ResourceDocument } from '~/shared/changes/documents';
import { ResourceState } from '~/shared/changes/ResourceState';
import { counted } from '~/shared/format/numbers';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { textOf } from '~/shared/resources/json';
import { ActionButton } from '~/shared/ui/ActionButton';
import { Ago } from '~/shared/ui/AsOf';
import { type Column, DataTable } from '~/shared/ui/DataTable';
import { PageFrame } from '~/shared/ui/PageFrame';
import { Empty } from '~/shared/ui/states';
import { globalNamespaceForm, ruleWords } from '../model';
import { globalNamespacesQuery } from '../queries';
import '../global-namespaces.css';

function pageOf(each: ResourceDocument): string {
  return pathTo('global-namespaces', each.metadata.name);
}

function members(each: ResourceDocument) {
  return each.status?.members ?? { clusters: 0, namespaces: 0, services: 0 };
}

const COLUMNS: readonly Column<ResourceDocument>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    isHeader: true,
    cell: (each) => <AppLink to={pageOf(each)}>{each.metadata.name}</AppLink>,
  },
  { key: 'displayName', title: 'Shown as', hiddenAtFirst: true, cell: (each) => textOf(each.spec.displayName) || '–' },
  { key: 'domain', title: 'Domain', cell: (each) => textOf(each.spec.domain) },
  { key: 'clusters', title: 'Clusters', numeric: true, cell: (each) => members(each).clusters },
  { key: 'namespaces', title: 'Namespaces', numeric: true, cell: (each) => members(each).namespaces },
  {
    key: 'services',
    title: 'Services',
    numeric: true,
    cell: (each) => (
      <AppLink to="services" search={{ globalNamespace: each.metadata.name }} aria-label={`${String(members(each).services)} services of ${each.metadata.name}`}>
        {members(each).services}
      </AppLink>
    ),
  },
  { key: 'state', title: 'State', cell: (each) => <ResourceState conditions={each.status?.conditions} /> },
  { key: 'updated', title: 'Changed', sort: 'updatedAt', cell: (each) => <Ago at={each.metadata.updatedAt} /> },
];

const FILTERS = [{ name: 'problems', label: 'Problems', options: [{ value: 'some', label: 'With problems' }] }];

export default function GlobalNamespacesPage() {
  const tenant = useTenant();
  const go = useGo();
  const { view = 'table' } = useSearchParams();
  const set = useSetSearch();
  const search = useListSearch({ sort: 'name', filters: ['problems'] });
  const { problems, ...asked } = search.query;
  const query = useQuery({ ...globalNamespacesQuery(tenant, { ...asked, fieldSelector: problems === 'some' ? 'status.problems!=0' : undefined }), placeholderData: keepPreviousData });
  const create = (
    <ActionButton needs="edit" onClick={() => go('global-namespaces/create')}>
      Create a global namespace
    </ActionButton>
  );
  const cards = view === 'cards' && (query.data?.items.length ?? 0) > 0;
  const toggle = (
    <ToggleGroup aria-label="How they are shown">
      <ToggleGroupItem icon={<ListIcon />} aria-label="As a table" isSelected={view !== 'cards'} onChange={() => set({ view: undefined }, { replace: true })} />
      <ToggleGroupItem icon={<ThIcon />} aria-label="As cards" isSelected={view === 'cards'} onChange={() => set({ view: 'cards' }, { replace: true })} />
    </ToggleGroup>
  );
  return (
    <PageFrame title="Global namespaces" lead="A domain, and the namespaces of all clusters that belong to it." actions={create}>
      {cards && <Cards items={query.data?.items ?? []} />}
      <DataTable
        id="global-namespaces"
        noun="global namespaces"
        columns={COLUMNS}
        query={query}
        search={search}
        rowKey={(each) => each.metadata.name}
        rowLabel={(each) => each.metadata.name}
        filters={FILTERS}
        searchLabel="Find by name or domain"
        actions={toggle}
        drawer={(each) => <Summary of={each} />}
        empty={
          <Empty title="No global namespaces yet" action={create}>
            A global namespace joins namespaces of several clusters under one domain: a service cart in any of them is then called
            cart.&lt;domain&gt; from all of them.
          </Empty>
        }
      />
    </PageFrame>
  );
}

function Cards({ items }: { items: readonly ResourceDocument[] }) {
  return (
    <Gallery hasGutter minWidths={{ default: '18rem' }} className="weft-section">
      {items.map((each) => (
        <Card key={each.metadata.name} isCompact>
          <CardHeader>
            <CardTitle component="h2">
              <AppLink to={pageOf(each)}>{textOf(each.spec.displayName) || each.metadata.name}</AppLink>
            </CardTitle>
          </CardHeader>
          <CardBody className="weft-gns-card">
            <Label isCompact variant="outline">
              {textOf(each.spec.domain)}
            </Label>
            <p>{memberWords(each)}</p>
            <ResourceState conditions={each.status?.conditions} />
          </CardBody>
        </Card>
      ))}
    </Gallery>
  );
}

function memberWords(each: ResourceDocument): string {
  const { clusters, namespaces, services } = members(each);
  return `${counted(services, 'service')} in ${counted(namespaces, 'namespace')} of ${counted(clusters, 'cluster')}`;
}

function Summary({ of }: { of: ResourceDocument }) {
  const form = globalNamespaceForm({ metadata: { name: of.metadata.name }, spec: of.spec });
  return (
    <>
      {form.description !== '' && <p>{form.description}</p>}
      <p>
        <strong>{form.domain}</strong>: {memberWords(of)}.
      </p>
      <ol>
        {form.members.map((rule, index) => (
          <li key={index} className="weft-wrap">
            {ruleWords(rule)}
          </li>
        ))}
      </ol>
      <p>
        <AppLink to={pageOf(of)}>Open the global namespace</AppLink>
      </p>
    </>
  );
}
