import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useGo, useTenant } from '~/app/navigate';
import { ResourceState } from '~/shared/changes/ResourceState';
import { namesQuery } from '~/shared/changes/lists';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { counted } from '~/shared/format/numbers';
import { ActionButton } from '~/shared/ui/ActionButton';
import { Ago } from '~/shared/ui/AsOf';
import { type Column, DataTable } from '~/shared/ui/DataTable';
import { PageFrame } from '~/shared/ui/PageFrame';
import { Empty } from '~/shared/ui/states';
import { RuleList } from '../components/RuleList';
import { routeForm, splitWords } from '../model';
import { type Route, routesQuery } from '../queries';
import '../routes.css';

function pageOf(route: Route): string {
  return pathTo('routes', route.metadata.globalNamespace ?? '', route.metadata.name);
}

function form(route: Route) {
  return routeForm({ metadata: { ...route.metadata } as never, spec: route.spec });
}

const COLUMNS: readonly Column<Route>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    isHeader: true,
    cell: (route) => <AppLink to={pageOf(route)}>{route.metadata.name}</AppLink>,
  },
  {
    key: 'gns',
    title: 'Global namespace',
    cell: ({ metadata: { globalNamespace = '' } }) => (
      <AppLink to={pathTo('global-namespaces', globalNamespace)}>{globalNamespace}</AppLink>
    ),
  },
  {
    key: 'target',
    title: 'Service',
    cell: (route) => {
      const { target, globalNamespace } = form(route);
      return <AppLink to={pathTo('services', globalNamespace, target)}>{target}</AppLink>;
    },
  },
  { key: 'rules', title: 'Rules', numeric: true, cell: (route) => form(route).rules.length },
  {
    key: 'rest',
    title: 'The last rule',
    width: 30,
    cell: (route) => {
      const last = form(route).rules.at(-1);
      return last === undefined ? '–' : splitWords(last);
    },
  },
  { key: 'state', title: 'State', cell: (route) => <ResourceState conditions={route.status?.conditions} /> },
  { key: 'updated', title: 'Changed', sort: 'updatedAt', cell: (route) => <Ago at={route.metadata.updatedAt} /> },
  { key: 'by', title: 'Created by', hiddenAtFirst: true, cell: (route) => route.metadata.createdBy ?? '–' },
];

export default function RoutesPage() {
  const tenant = useTenant();
  const go = useGo();
  const search = useListSearch({ sort: 'name', filters: ['globalNamespace'] });
  const names = useQuery(namesQuery(tenant, 'global-namespaces'));
  // The global namespace is part of the address, not of the question.
  const { globalNamespace } = search.filters;
  const asked = { ...search.query, globalNamespace: undefined };
  const query = useQuery({
    ...routesQuery(tenant, globalNamespace, asked),
    placeholderData: keepPreviousData,
  });
  const none = names.data?.length === 0 ? 'There is no global namespace yet: create one first.' : '';
  const create = (
    <ActionButton
      needs="edit"
      notNow={none}
      onClick={() => go('routes/create', { search: { globalNamespace } })}
    >
      Create a route
    </ActionButton>
  );
  return (
    <PageFrame
      title="Routes"
      lead="How requests to a global service are matched, and split over its versions and clusters."
      actions={create}
    >
      <DataTable
        id="routes"
        noun="routes"
        columns={COLUMNS}
        query={query}
        search={search}
        rowKey={(route) => pageOf(route)}
        rowLabel={(route) => `${route.metadata.name} in ${route.metadata.globalNamespace ?? ''}`}
        searchLabel="Find by name, service or global namespace"
        filters={[
          {
            name: 'globalNamespace',
            label: 'Global namespace',
            options: (names.data ?? []).map((name) => ({ value: name, label: name })),
          },
        ]}
        drawer={(route) => <RouteSummary route={route} />}
        empty={
          <Empty title="No routes yet" action={create}>
            Without a route a global service answers from the caller’s own cluster and fails over to the others. A route splits
            requests by version or cluster, or sends some of them elsewhere.
          </Empty>
        }
      />
    </PageFrame>
  );
}

function RouteSummary({ route }: { route: Route }) {
  const shown = form(route);
  return (
    <>
      {shown.description !== '' && <p>{shown.description}</p>}
      <p>
        {counted(shown.rules.length, 'rule')} for <strong>{shown.target}</strong>; the first that holds decides.
      </p>
      <RuleList form={shown} />
      <p>
        <AppLink to={pageOf(route)}>Open the route</AppLink>
      </p>
    </>
  );
}
