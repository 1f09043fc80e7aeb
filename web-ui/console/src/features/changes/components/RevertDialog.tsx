import { Alert, Button, Checkbox, List, ListItem, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { idempotencyKey } from '~/api/client';
import { keys } from '~/api/keys';
import { isApiProblem } from '~/api/problem';
import { useTenant } from '~/app/navigate';
import { extent, extentWords } from '~/shared/changes/diffs';
import { type RevisionStatus, revert, tryRevert } from '~/shared/changes/queries';
import { ActionButton } from '~/shared/ui/ActionButton';
import { DiffView } from '~/shared/ui/DiffView';
import { Loading, WriteError } from '~/shared/ui/states';
import { changedSince, undoWords } from '../model';

export interface RevertDialogProps {
  change: RevisionStatus;
  onReverted: (revision: number) => void;
  onClose: () => void;
}

/** Takes a change back in a new one, once it is seen what that does. */
export function RevertDialog({ change, onReverted, onClose }: RevertDialogProps) {
  const tenant = useTenant();
  const [force, setForce] = useState(false);
  const [intention] = useState(idempotencyKey);
  const number = change.revision;
  const dryRun = useQuery({
    queryKey: keys.one(tenant, 'drafts', 'revert', String(number), String(force)),
    queryFn: ({ signal }) => tryRevert(tenant, number, force, signal),
    retry: false,
    gcTime: 0,
  });
  const mutation = useMutation({
    // Forced or not are two intentions: the answer to one must not be given for the other.
    mutationFn: () => revert(tenant, number, force, `${intention}${force ? '-forced' : ''}`),
    onSuccess: onReverted,
  });
  const conflict = isApiProblem(dryRun.error) && dryRun.error.conflict ? dryRun.error : undefined;
  const why = dryRun.isPending
    ? 'The hub is asked what this would change.'
    : conflict !== undefined
      ? 'It was changed again since.'
      : dryRun.isError
        ? 'The hub would not take this.'
        : '';
  return (
    <Modal variant="large" isOpen onClose={onClose} aria-labelledby="revert-title" aria-describedby="revert-body">
      <ModalHeader title={`Take change ${String(number)} back?`} labelId="revert-title" />
      <ModalBody id="revert-body" tabIndex={0} aria-label="What taking it back does">
        <WriteError error={mutation.error ?? (conflict === undefined ? dryRun.error : undefined)} />
        {(conflict !== undefined || force) && (
          <Alert isInline variant="warning" title="Some of it was changed again since">
            {conflict !== undefined && (
              <List isPlain>
                {changedSince(conflict.violations).map((text) => (
                  <ListItem key={text} className="weft-wrap">
                    {text}
                  </ListItem>
                ))}
              </List>
            )}
            <Checkbox
              id="revert-force"
              label="Take it back all the same; the later changes to these resources are lost with it"
              isChecked={force}
              onChange={(_event, checked) => setForce(checked)}
            />
          </Alert>
        )}
        <List>
          {change.changes.map((each) => (
            <ListItem key={each.key}>{undoWords(each)}</ListItem>
          ))}
        </List>
        {dryRun.isPending && <Loading label="Asking the hub what this would change" />}
        {dryRun.data !== undefined && (
          <>
            <p>{extentWords(extent(dryRun.data.clusters))} The history stays; this becomes one more change.</p>
            <DiffView clusters={dryRun.data.clusters} none="" />
          </>
        )}
      </ModalBody>
      <ModalFooter>
        <ActionButton needs="edit" notNow={why} isLoading={mutation.isPending} onClick={() => mutation.mutate()}>
          Take it back
        </ActionButton>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
