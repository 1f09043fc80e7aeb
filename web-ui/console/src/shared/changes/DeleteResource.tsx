import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { keys } from '~/api/keys';
import { useTenant } from '~/app/navigate';
import { ConfirmByName } from '~/shared/ui/ConfirmByName';
import { DiffView } from '~/shared/ui/DiffView';
import { Loading, WriteError } from '~/shared/ui/states';
import { extent, extentWords } from './diffs';
import { type ResourceKey, keyPhrase, keyText } from './key';
import { collectionOf } from './queries';
import { type Deletion, remove, tryDelete } from './documents';

export interface DeleteResourceProps {
  resourceKey: ResourceKey;
  generation: number;
  how?: Deletion;
  /** What else people should know. */
  children?: ReactNode;
  onDeleted: (revision: number) => void;
  onClose: () => void;
}

const ALONE: Deletion = {};

/** Deletes one resource once its name is typed; lists beforehand every object that goes, and that nothing else does. */
export function DeleteResource({ resourceKey, generation, how = ALONE, children, onDeleted, onClose }: DeleteResourceProps) {
  const tenant = useTenant();
  const queries = useQueryClient();
  const dryRun = useQuery({
    queryKey: keys.one(tenant, 'drafts', 'deletion', keyText(resourceKey)),
    queryFn: ({ signal }) => tryDelete(tenant, resourceKey, how, signal),
    retry: false,
    gcTime: 0,
  });
  const deletion = useMutation({
    mutationFn: () => remove(tenant, resourceKey, how, generation),
    onSuccess: ({ revision }) => {
      void queries.invalidateQueries({ queryKey: keys.all(tenant, collectionOf(resourceKey)), refetchType: 'none' });
      onDeleted(revision);
    },
  });
  return (
    <ConfirmByName
      title={`Delete ${keyPhrase(resourceKey)}?`}
      name={resourceKey.name}
      action="Delete"
      isWorking={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
      onClose={onClose}
    >
      <div className="weft-stack-wide">
        {children}
        <WriteError error={dryRun.error} />
        {dryRun.isPending && <Loading lines={3} label="Asking the hub what would go" />}
        {dryRun.data !== undefined && (
          <>
            <p>
              {extentWords(extent(dryRun.data.clusters))} Nothing else is touched; workloads and their own configuration stay as they
              are.
            </p>
            <DiffView clusters={dryRun.data.clusters} none="" />
          </>
        )}
      </div>
    </ConfirmByName>
  );
}
