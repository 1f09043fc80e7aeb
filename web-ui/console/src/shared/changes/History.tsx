import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { Table, TableVariant, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { idempotencyKey } from '~/api/client';
import { keys } from '~/api/keys';
import { AppLink, pathTo, useTenant } from '~/app/navigate';
import { editable } from '~/shared/resources/draft';
import { ActionButton } from '~/shared/ui/ActionButton';
import { Ago } from '~/shared/ui/AsOf';
import { DiffView, YamlDiff } from '~/shared/ui/DiffView';
import { QueryView } from '~/shared/ui/QueryView';
import { Loading, WriteError } from '~/shared/ui/states';
import { extent, extentWords } from './diffs';
import { type ResourceKey, keyText } from './key';
import { type Version, historyQuery } from './queries';
import { put, tryPut } from './documents';
import './changes.css';

export interface HistoryProps {
  resourceKey: ResourceKey;
  /** Of the version that is there now; null when it was deleted. */
  generation: number | null;
  onRestored: (revision: number) => void;
}

/** Every version that a resource had, each against the one before it, and the way back. */
export function History({ resourceKey, generation, onRestored }: HistoryProps) {
  const tenant = useTenant();
  const query = useQuery(historyQuery(tenant, resourceKey));
  const [restoring, setRestoring] = useState<Version>();
  return (
    <QueryView query={query} what="The history">
      {(page) => (
        <>
          <Versions versions={page.items} generation={generation} onRestore={setRestoring} />
          {page.continue !== undefined && <p>Older versions are not shown; every change is in the list of changes.</p>}
          {restoring !== undefined && (
            <RestoreDialog
              resourceKey={resourceKey}
              version={restoring}
              generation={generation}
              onClose={() => setRestoring(undefined)}
              onRestored={onRestored}
            />
          )}
        </>
      )}
    </QueryView>
  );
}

interface VersionsProps {
  versions: readonly Version[];
  generation: number | null;
  onRestore: (version: Version) => void;
}

function Versions({ versions, generation, onRestore }: VersionsProps) {
  const [open, setOpen] = useState<number>();
  return (
    <Table aria-label="Versions" variant={TableVariant.compact}>
      <Thead>
        <Tr>
          <Th screenReaderText="Difference" />
          <Th>Change</Th>
          <Th>When</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      {versions.map((version, index) => {
        const shown = open === version.revision;
        const before = versions[index + 1];
        const now = index === 0 && version.document !== null && version.generation === generation;
        return (
          <Tbody key={version.revision} isExpanded={shown}>
            <Tr>
              <Td
                expand={{
                  rowIndex: index,
                  isExpanded: shown,
                  onToggle: () => setOpen(shown ? undefined : version.revision),
                  expandId: 'version',
                }}
              />
              <Th dataLabel="Change">
                <AppLink to={pathTo('changes', String(version.revision))}>{version.revision}</AppLink>
              </Th>
              <Td dataLabel="When">
                <Ago at={version.at} />
              </Td>
              <Td dataLabel="Who" className="weft-wrap">
                {version.by}
              </Td>
              <Td dataLabel="What">{what(version, before)}</Td>
              <Td isActionCell>
                {version.document !== null && (
                  <ActionButton needs="edit" variant="secondary" size="sm" notNow={now ? 'This is what it is now.' : ''} onClick={() => onRestore(version)}>
                    Restore
                  </ActionButton>
                )}
              </Td>
            </Tr>
            {shown && (
              <Tr isExpanded>
                <Td colSpan={6}>
                  <YamlDiff before={plain(before)} after={plain(version)} label={`Change ${String(version.revision)}`} />
                </Td>
              </Tr>
            )}
          </Tbody>
        );
      })}
    </Table>
  );
}

function plain(version: Version | undefined): unknown {
  return version?.document ? editable(version.document) : '';
}

function what(version: Version, before: Version | undefined): string {
  if (version.document === null) return 'Deleted';
  return before?.document ? 'Changed' : 'Created';
}

interface RestoreDialogProps extends HistoryProps {
  version: Version;
  onClose: () => void;
}

/** Puts an old version back as a new change; nothing of the history is lost. */
function RestoreDialog({ resourceKey, version, generation, onClose, onRestored }: RestoreDialogProps) {
  const tenant = useTenant();
  const [intention] = useState(idempotencyKey);
  const document = editable(version.document);
  const expected = generation === null ? ('absent' as const) : { generation };
  const dryRun = useQuery({
    queryKey: keys.one(tenant, 'drafts', 'restore', keyText(resourceKey), String(version.revision), String(generation)),
    queryFn: ({ signal }) => tryPut(tenant, { key: resourceKey, document, expected }, signal),
    retry: false,
    gcTime: 0,
  });
  const restore = useMutation({
    mutationFn: () => put(tenant, { key: resourceKey, document, expected }, intention),
    onSuccess: ({ metadata }) => {
      onRestored(metadata.revision ?? 0);
      onClose();
    },
  });
  const why = dryRun.isPending ? 'The hub is asked what this would change.' : dryRun.isError ? 'The hub would not take this.' : '';
  return (
    <Modal variant="large" isOpen onClose={onClose} aria-labelledby="restore-title" aria-describedby="restore-body">
      <ModalHeader title={`Restore as it was in change ${String(version.revision)}`} labelId="restore-title" />
      <ModalBody id="restore-body" tabIndex={0} aria-label="What restoring would change">
        <WriteError error={restore.error ?? dryRun.error} />
        {dryRun.isPending && <Loading label="Asking the hub what this would change" />}
        {dryRun.data !== undefined && (
          <>
            <p>{extentWords(extent(dryRun.data.clusters))} The history stays; this becomes one more change.</p>
            <DiffView clusters={dryRun.data.clusters} none="" />
          </>
        )}
      </ModalBody>
      <ModalFooter>
        <ActionButton needs="edit" notNow={why} isLoading={restore.isPending} onClick={() => restore.mutate()}>
          Restore
        </ActionButton>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
