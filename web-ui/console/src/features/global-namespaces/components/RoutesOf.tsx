import { Table, TableVariant, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useGo, useTenant } from '~/app/navigate';
import { routesOfQuery } from '~/shared/changes/lists';
import { ResourceState } from '~/shared/changes/ResourceState';
import { listOf, textOf } from '~/shared/resources/json';
import { ActionButton } from '~/shared/ui/ActionButton';
import { Ago } from '~/shared/ui/AsOf';
import { QueryView } from '~/shared/ui/QueryView';
import { Empty } from '~/shared/ui/states';

/** The routes of its services. */
export function RoutesOf({ globalNamespace }: { globalNamespace: string }) {
  const tenant = useTenant();
  const go = useGo();
  const query = useQuery(routesOfQuery(tenant, globalNamespace));
  const create = (
    <ActionButton needs="edit" onClick={() => go('routes/create', { search: { globalNamespace } })}>
      Create a route
    </ActionButton>
  );
  return (
    <QueryView query={query} what="The routes">
      {(routes) =>
        routes.length === 0 ? (
          <Empty title="No routes yet" action={create}>
            Without a route a service answers from the caller’s own cluster and fails over to the others.
          </Empty>
        ) : (
          <>
            {create}
            <Table aria-label="Routes" variant={TableVariant.compact}>
              <Thead>
                <Tr>
                  <Th>Name</Th>
                  <Th>Service</Th>
                  <Th>Rules</Th>
                  <Th>State</Th>
                  <Th>Changed</Th>
                </Tr>
              </Thead>
              <Tbody>
                {routes.map((route) => (
                  <Tr key={route.metadata.name}>
                    <Th dataLabel="Name">
                      <AppLink to={pathTo('routes', globalNamespace, route.metadata.name)}>{route.metadata.name}</AppLink>
                    </Th>
                    <Td dataLabel="Service">{textOf(route.spec.target)}</Td>
                    <Td dataLabel="Rules">{listOf(route.spec.rules).length}</Td>
                    <Td dataLabel="State">
                      <ResourceState conditions={route.status?.conditions} />
                    </Td>
                    <Td dataLabel="Changed">
                      <Ago at={route.metadata.updatedAt} />
                    </Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </>
        )
      }
    </QueryView>
  );
}
