import { Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader, TextArea, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotencyKey, must } from '~/api/client';
import { keys } from '~/api/keys';
import { isApiProblem } from '~/api/problem';
import type { Cluster } from '~/api/types';
import { useTenant } from '~/app/navigate';
import { useDraft } from '~/shared/hooks/use-draft';
import { ConflictBanner, WriteError } from '~/shared/ui/states';
import { toast } from '~/shared/ui/toasts';
import { readLabels, writeLabels } from '../labels';

interface Fields {
  displayName: string;
  description: string;
  labels: string;
}

function fieldsOf(cluster: Cluster): Fields {
  return { displayName: cluster.spec?.displayName ?? '', description: cluster.spec?.description ?? '', labels: writeLabels(cluster.spec?.labels ?? {}) };
}

/** Words and labels of a cluster. Labels are what member rules match, so a change of them can move services. */
export function EditCluster({ cluster, etag, onClose }: { cluster: Cluster; etag: string | undefined; onClose: () => void }) {
  const tenant = useTenant();
  const name = cluster.metadata?.name ?? '';
  const queries = useQueryClient();
  // What it is written against: the generation that was there when editing began, not the newest.
  const [base, setBase] = useState({ cluster, etag });
  const draft = useDraft<Fields>(`cluster.${name}`, fieldsOf(cluster));
  const { labels, mistakes } = readLabels(draft.value.labels);
  const save = useMutation({
    mutationFn: () =>
      must(
        api.PUT('/api/v1/tenants/{tenant}/clusters/{name}', {
          params: { path: { tenant, name }, header: { 'If-Match': base.etag, 'Idempotency-Key': idempotencyKey() } },
          body: {
            apiVersion: 'weft.io/v1',
            kind: 'Cluster',
            metadata: { name, labels: base.cluster.metadata?.labels, annotations: base.cluster.metadata?.annotations },
            spec: { ...base.cluster.spec, displayName: draft.value.displayName, description: draft.value.description, labels: { ...labels } },
          },
        }),
      ),
    onSuccess: () => {
      draft.discard();
      toast('success', `Cluster ${name} is saved`);
      void queries.invalidateQueries({ queryKey: keys.all(tenant, 'clusters') });
      onClose();
    },
  });
  const conflict = isApiProblem(save.error) && save.error.conflict;
  const set = (changes: Partial<Fields>) => draft.set((before) => ({ ...before, ...changes }));
  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby="edit-cluster-title">
      <ModalHeader title={`Edit ${name}`} labelId="edit-cluster-title" description={draft.restored ? 'What you typed before is here again.' : undefined} />
      <ModalBody>
        {conflict ? (
          <ConflictBanner
            what={`Cluster ${name}`}
            onReload={() => {
              draft.set(fieldsOf(cluster));
              setBase({ cluster, etag });
              save.reset();
            }}
          />
        ) : (
          <WriteError error={save.error} />
        )}
        <Form
          id="edit-cluster"
          onSubmit={(event) => {
            event.preventDefault();
            if (mistakes.length === 0) save.mutate();
          }}
        >
          <FormGroup label="Display name" fieldId="cluster-display">
            <TextInput id="cluster-display" value={draft.value.displayName} onChange={(_event, displayName) => set({ displayName })} />
          </FormGroup>
          <FormGroup label="Description" fieldId="cluster-description">
            <TextArea id="cluster-description" value={draft.value.description} rows={2} resizeOrientation="vertical" onChange={(_event, description) => set({ description })} />
          </FormGroup>
          <LabelsField value={draft.value.labels} mistakes={mistakes} onChange={(text) => set({ labels: text })} />
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="edit-cluster" variant="primary" isDisabled={mistakes.length > 0 || save.isPending} isLoading={save.isPending}>
          Save
        </Button>
        <Button
          variant="link"
          onClick={() => {
            draft.discard();
            onClose();
          }}
        >
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

export function LabelsField({ value, mistakes, onChange }: { value: string; mistakes: readonly string[]; onChange: (text: string) => void }) {
  return (
    <FormGroup label="Labels" fieldId="cluster-labels">
      <TextArea
        id="cluster-labels"
        value={value}
        rows={4}
        resizeOrientation="vertical"
        validated={mistakes.length > 0 ? 'error' : 'default'}
        aria-describedby="cluster-labels-help"
        spellCheck="false"
        onChange={(_event, text) => onChange(text)}
      />
      <FormHelperText>
        <HelperText id="cluster-labels-help">
          {mistakes.length > 0 ? (
            mistakes.map((mistake) => (
              <HelperTextItem key={mistake} variant="error">
                {mistake}
              </HelperTextItem>
            ))
          ) : (
            <HelperTextItem>One key=value a line. Member rules of global namespaces match them.</HelperTextItem>
          )}
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}
