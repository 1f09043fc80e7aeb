import { Alert, List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { pathTo, useGo, useTenant } from '~/app/navigate';
import { DeleteResource } from '~/shared/changes/DeleteResource';
import type { ResourceDocument } from '~/shared/changes/documents';
import { globalNamespaceKey } from '~/shared/changes/key';
import { routesOfQuery } from '~/shared/changes/lists';
import { counted } from '~/shared/format/numbers';

const WHOLE = { cascade: 'true' } as const;

/** Deletes a global namespace, and its routes with it. */
export function DeleteGlobalNamespace({ resource, onClose }: { resource: ResourceDocument; onClose: () => void }) {
  const tenant = useTenant();
  const go = useGo();
  const { name, generation = 0 } = resource.metadata;
  const routes = useQuery(routesOfQuery(tenant, name));
  return (
    <DeleteResource
      // When a route comes or goes meanwhile, what would go is asked anew, and so is the name.
      key={routes.data?.map(({ metadata }) => metadata.name).join()}
      resourceKey={globalNamespaceKey(name)}
      generation={generation}
      how={WHOLE}
      onClose={onClose}
      onDeleted={(revision) => go(pathTo('changes', String(revision)))}
    >
      <p>Its names stop being answered in every member cluster. Services keep their own names in their own clusters.</p>
      {routes.data !== undefined && routes.data.length > 0 && (
        <Alert isInline variant="warning" title={`${counted(routes.data.length, 'route')} of it ${routes.data.length === 1 ? 'goes' : 'go'} with it, in the same change.`}>
          <List isPlain>
            {routes.data.map(({ metadata }) => (
              <ListItem key={metadata.name}>{metadata.name}</ListItem>
            ))}
          </List>
        </Alert>
      )}
    </DeleteResource>
  );
}
