import { Content, List, ListItem } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import { keys } from '~/api/keys';
import { useTenant } from '~/app/navigate';
import { ConfirmByName } from '~/shared/ui/ConfirmByName';
import { toast } from '~/shared/ui/toasts';
import { bundleOptions } from '../queries';

/** Ends the identity of its agent; the resource stays. */
export function RevokeCluster({ name, onClose }: { name: string; onClose: () => void }) {
  const tenant = useTenant();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => must(api.POST('/api/v1/tenants/{tenant}/clusters/{name}/revoke', { params: { path: { tenant, name } }, body: { reason: 'By hand, in the console' } })),
    onSuccess: () => {
      toast('success', `The identity of ${name} is revoked`);
      void queries.invalidateQueries({ queryKey: keys.all(tenant, 'clusters') });
      onClose();
    },
  });
  return (
    <ConfirmByName title={`Revoke the identity of ${name}?`} name={name} action="Revoke" isWorking={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate()} onClose={onClose}>
      <List>
        <ListItem>Its agent is cut off within seconds and cannot come back with its certificate.</ListItem>
        <ListItem>What it applied stays in the cluster and goes on working.</ListItem>
        <ListItem>To let it join again, make a new token and apply the manifest once more.</ListItem>
      </List>
    </ConfirmByName>
  );
}

/** Deletes the resource; its global services go with it. */
export function DeleteCluster({ name, onClose, onDeleted }: { name: string; onClose: () => void; onDeleted: () => void }) {
  const tenant = useTenant();
  const queries = useQueryClient();
  const bundle = useQuery(bundleOptions(tenant, name)).data;
  const remove = useMutation({
    mutationFn: () => must(api.DELETE('/api/v1/tenants/{tenant}/clusters/{name}', { params: { path: { tenant, name } } })),
    onSuccess: () => {
      toast('success', `Cluster ${name} is deleted`);
      queries.removeQueries({ queryKey: keys.one(tenant, 'clusters', name) });
      void queries.invalidateQueries({ queryKey: keys.all(tenant, 'clusters') });
      onDeleted();
    },
  });
  return (
    <ConfirmByName title={`Delete cluster ${name}?`} name={name} action="Delete" isWorking={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={onClose}>
      <List>
        <ListItem>Other clusters stop sending requests to its services.</ListItem>
        {bundle !== undefined && (
          <ListItem>
            It has {bundle.objects} objects from Weft and answers {bundle.answers?.length ?? 0} names of global services.
          </ListItem>
        )}
        <ListItem>Its agent is cut off. Nothing else in the cluster is touched.</ListItem>
      </List>
      <Content component="p">The change is one revision and can be reverted; the cluster then has to join again.</Content>
    </ConfirmByName>
  );
}
