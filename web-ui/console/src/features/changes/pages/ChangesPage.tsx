import { useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useTenant } from '~/app/navigate';
import { StateLabel } from '~/shared/changes/Delivery';
import { keyWords, parseKey } from '~/shared/changes/key';
import { tallyWords } from '~/shared/changes/progress';
import { type Revision, revisionsQuery } from '~/shared/changes/queries';
import { summary } from '~/shared/changes/words';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { Ago } from '~/shared/ui/AsOf';
import { type Column, DataTable } from '~/shared/ui/DataTable';
import { PageFrame } from '~/shared/ui/PageFrame';
import { Empty } from '~/shared/ui/states';
import { ChangeList } from '../components/ChangeList';

const COLUMNS: readonly Column<Revision>[] = [
  {
    key: 'revision',
    title: 'Change',
    isHeader: true,
    width: 10,
    cell: ({ revision }) => <AppLink to={pathTo('changes', String(revision))}>{revision}</AppLink>,
  },
  { key: 'at', title: 'When', cell: ({ at }) => <Ago at={at} /> },
  { key: 'by', title: 'Who', cell: ({ by }) => <span className="weft-wrap">{by}</span> },
  { key: 'what', title: 'What', width: 40, cell: ({ changes }) => <span className="weft-wrap">{summary(changes)}</span> },
  { key: 'state', title: 'State', cell: ({ state }) => <StateLabel state={state} /> },
  { key: 'clusters', title: 'Clusters', cell: ({ clusterCounts }) => tallyWords(clusterCounts) },
];

const STATE = { name: 'state', label: 'State', options: [{ value: 'underway', label: 'Not live everywhere' }] };
const PERIOD = { name: 'period', label: 'When', options: [{ value: 'day', label: 'In the last 24 hours' }] };

export default function ChangesPage() {
  const tenant = useTenant();
  const search = useListSearch({ sort: '', filters: ['resource', 'state', 'period'] });
  const { resource, state, period } = search.filters;
  const after = search.query.continue;
  const query = useQuery(revisionsQuery(tenant, { q: search.q, resource, limit: search.limit, continue: after === undefined ? undefined : String(after), underWay: state === 'underway', hours: period === 'day' ? 24 : undefined }));
  return (
    <PageFrame title="Changes" lead="Every change to this tenant: who made it, what it did, how far it has come in the clusters, and the way back.">
      <DataTable
        id="changes"
        noun="changes"
        columns={COLUMNS}
        query={query}
        search={search}
        rowKey={({ revision }) => String(revision)}
        rowLabel={({ revision }) => `Change ${String(revision)}`}
        searchLabel="Find by resource or person"
        filters={[...(resource === undefined ? [] : [{ name: 'resource', label: 'Resource', options: [{ value: resource, label: keyWords(parseKey(resource)) }] }]), STATE, PERIOD]}
        drawer={(revision) => (
          <>
            <p>
              By {revision.by}, <Ago at={revision.at} />; {tallyWords(revision.clusterCounts)}.
            </p>
            <ChangeList changes={revision.changes} />
            <p>
              <AppLink to={pathTo('changes', String(revision.revision))}>Open the change</AppLink>
            </p>
          </>
        )}
        empty={<Empty title="No changes yet">Whatever is created, changed or deleted in this tenant is listed here, and can be taken back.</Empty>}
      />
    </PageFrame>
  );
}
