import { Alert, Button, List, ListItem } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '~/api/keys';
import { pathTo, useGo, useTenant } from '~/app/navigate';
import { DeleteResource } from '~/shared/changes/DeleteResource';
import { type ResourceDocument, remove } from '~/shared/changes/documents';
import { globalNamespaceKey, routeKey } from '~/shared/changes/key';
import { routesOfQuery } from '~/shared/changes/lists';
import { counted } from '~/shared/format/numbers';
import { WriteError } from '~/shared/ui/states';

/** Deletes a global namespace. Its routes go first: the hub keeps one that still has any. */
export function DeleteGlobalNamespace({ resource, onClose }: { resource: ResourceDocument; onClose: () => void }) {
  const tenant = useTenant();
  const go = useGo();
  const { name, generation = 0 } = resource.metadata;
  const routes = useQuery(routesOfQuery(tenant, name));
  return (
    <DeleteResource
      // Asked anew what would go once the routes are gone.
      key={routes.data?.length ?? 0}
      resourceKey={globalNamespaceKey(name)}
      generation={generation}
      onClose={onClose}
      onDeleted={(revision) => go(pathTo('changes', String(revision)))}
    >
      <p>Its names stop being answered in every member cluster. Services keep their own names in their own clusters.</p>
      {routes.data !== undefined && routes.data.length > 0 && <RoutesFirst globalNamespace={name} routes={routes.data} />}
    </DeleteResource>
  );
}

function RoutesFirst({ globalNamespace, routes }: { globalNamespace: string; routes: readonly ResourceDocument[] }) {
  const tenant = useTenant();
  const queries = useQueryClient();
  const deletion = useMutation({
    mutationFn: async () => {
      for (const { metadata } of routes) await remove(tenant, routeKey(globalNamespace, metadata.name), metadata.generation ?? 0);
    },
    // Some may be gone even when one was refused.
    onSettled: () => queries.invalidateQueries({ queryKey: keys.all(tenant, 'traffic-routes') }),
  });
  return (
    <Alert
      isInline
      variant="warning"
      title={`It still has ${counted(routes.length, 'route')}; they are deleted first, each as a change of its own.`}
      actionLinks={
        <Button variant="link" isInline isDanger isLoading={deletion.isPending} onClick={() => deletion.mutate()}>
          Delete {routes.length === 1 ? 'this route' : `these ${String(routes.length)} routes`}
        </Button>
      }
    >
      <List isPlain>
        {routes.map(({ metadata }) => (
          <ListItem key={metadata.name}>{metadata.name}</ListItem>
        ))}
      </List>
      <WriteError error={deletion.error} />
    </Alert>
  );
}
