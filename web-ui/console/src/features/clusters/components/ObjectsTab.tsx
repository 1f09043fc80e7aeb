import { useQuery } from '@tanstack/react-query';
import { placeOf } from '~/app/features';
import { AppLink, useTenant } from '~/app/navigate';
import { splitKey } from '~/shared/format/object-key';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { toYaml } from '~/shared/yaml/yaml';
import { DataTable, type Column } from '~/shared/ui/DataTable';
import { Empty } from '~/shared/ui/states';
import { YamlEditor } from '~/shared/ui/YamlEditor';
import { objectOwner } from '../objects';
import { objectsOptions, type ClusterObject } from '../queries';

const COLUMNS: readonly Column<ClusterObject>[] = [
  { key: 'name', title: 'Object', isHeader: true, cell: (row) => splitKey(row.key).name },
  { key: 'kind', title: 'Kind', cell: (row) => splitKey(row.key).kind },
  { key: 'namespace', title: 'Namespace', cell: (row) => splitKey(row.key).namespace || '–' },
  { key: 'layer', title: 'Layer', cell: (row) => (row.layer === 'receive' ? 'Receive' : 'Send') },
  { key: 'owner', title: 'There for', cell: (row) => <Owner resource={objectOwner(row.object)} /> },
];

/** `Kind/globalNamespace/name`, as the way to its page. */
function Owner({ resource }: { resource: string }) {
  const [kind, globalNamespace, name] = resource.split('/');
  if (kind === undefined || name === undefined) return <>{resource || '–'}</>;
  const place = placeOf({ kind, name, globalNamespace: globalNamespace === '' ? undefined : globalNamespace });
  const words = `${kind} ${globalNamespace === '' || globalNamespace === undefined ? '' : `${globalNamespace}/`}${name}`;
  return place === undefined ? <>{words}</> : <AppLink to={place.to}>{words}</AppLink>;
}

const keyOf = (row: ClusterObject) => row.key;

/** The Kubernetes objects that the cluster should have from Weft. */
export function ObjectsTab({ cluster }: { cluster: string }) {
  const tenant = useTenant();
  const search = useListSearch({ sort: '' });
  const query = useQuery(objectsOptions(tenant, cluster, { limit: search.query.limit, continue: search.query.continue }));
  return (
    <DataTable
      id="cluster-objects"
      noun="Objects"
      columns={COLUMNS}
      query={query}
      search={search}
      rowKey={keyOf}
      rowLabel={keyOf}
      drawerTitle={(row) => splitKey(row.key).name}
      drawer={(row) => <YamlEditor key={row.key} isReadOnly label={row.key} value={toYaml(row.object)} height="fill" />}
      empty={<Empty title="Nothing yet">The cluster gets objects when a global namespace or a route takes in one of its services.</Empty>}
    />
  );
}
