import { Alert, Button, Form, FormGroup, FormSelect, FormSelectOption, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, must } from '~/api/client';
import { keys } from '~/api/keys';
import type { Schemas } from '~/api/types';
import { useTenant } from '~/app/navigate';
import { CopyText } from '~/shared/ui/CopyText';
import { WriteError } from '~/shared/ui/states';

type Role = Schemas['NewToken']['role'];

const ROLES: readonly { value: Role; label: string }[] = [
  { value: 'viewer', label: 'viewer: reads' },
  { value: 'operator', label: 'operator: reads, adds and revokes clusters' },
  { value: 'editor', label: 'editor: changes resources as well' },
  { value: 'auditor', label: 'auditor: reads, the audit log too' },
  { value: 'admin', label: 'admin: everything, tokens too' },
];

const DAYS: readonly { value: number; label: string }[] = [
  { value: 7, label: '7 days' },
  { value: 30, label: '30 days' },
  { value: 90, label: '90 days' },
  { value: 365, label: 'a year' },
  { value: 0, label: 'no end' },
];

const DAY_MILLIS = 86_400_000;

/** Makes a token and shows it this once. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const tenant = useTenant();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState(30);
  const make = useMutation({
    mutationFn: () =>
      must(
        api.POST('/api/v1/tenants/{tenant}/tokens', {
          params: { path: { tenant } },
          body: { name: name.trim(), role, ...(days > 0 && { expiresAt: new Date(Date.now() + days * DAY_MILLIS).toISOString() }) },
        }),
      ),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keys.all(tenant, 'tokens') }),
    gcTime: 0,
  });
  const made = make.data?.token;
  return (
    <Modal variant="small" isOpen onClose={onClose} aria-labelledby="new-token-title" elementToFocus="#token-name">
      <ModalHeader title={made === undefined ? 'Make an API token' : `Token ${name}`} labelId="new-token-title" />
      <ModalBody>
        {made !== undefined ? (
          <>
            <Alert isInline variant="warning" title="Copy it now: it is shown only this once." className="weft-above" />
            <CopyText text={made} label="The token" />
          </>
        ) : (
          <>
            <WriteError error={make.error} />
            <Form
              id="new-token"
              onSubmit={(event) => {
                event.preventDefault();
                if (name.trim() !== '') make.mutate();
              }}
            >
              <FormGroup label="Name" isRequired fieldId="token-name">
                <TextInput id="token-name" isRequired value={name} onChange={(_event, value) => setName(value)} autoComplete="off" maxLength={200} />
              </FormGroup>
              <FormGroup label="Role" fieldId="token-role">
                <FormSelect id="token-role" value={role} onChange={(_event, value) => setRole(ROLES.find((each) => each.value === value)?.value ?? 'viewer')}>
                  {ROLES.map((each) => (
                    <FormSelectOption key={each.value} value={each.value} label={each.label} />
                  ))}
                </FormSelect>
              </FormGroup>
              <FormGroup label="Good for" fieldId="token-days">
                <FormSelect id="token-days" value={days} onChange={(_event, value) => setDays(Number(value))}>
                  {DAYS.map((each) => (
                    <FormSelectOption key={each.value} value={each.value} label={each.label} />
                  ))}
                </FormSelect>
              </FormGroup>
            </Form>
          </>
        )}
      </ModalBody>
      <ModalFooter>
        {made === undefined && (
          <Button type="submit" form="new-token" variant="primary" isDisabled={name.trim() === '' || make.isPending} isLoading={make.isPending}>
            Make it
          </Button>
        )}
        <Button variant={made === undefined ? 'link' : 'primary'} onClick={onClose}>
          {made === undefined ? 'Cancel' : 'I have copied it'}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
