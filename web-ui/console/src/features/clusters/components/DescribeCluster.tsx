import {
  ActionGroup,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import { keys } from '~/api/keys';
import { isApiProblem } from '~/api/problem';
import { AppLink, useGo, useTenant } from '~/app/navigate';
import { useDraft } from '~/shared/hooks/use-draft';
import { WriteError } from '~/shared/ui/states';
import { readLabels } from '../labels';
import { PROVIDER_CHOICES, providerWord } from '../model';
import { LabelsField } from './EditCluster';
import type { Token } from './Install';

interface Fields {
  name: string;
  displayName: string;
  provider: string;
  region: string;
  labels: string;
}

const NOTHING: Fields = { name: '', displayName: '', provider: '', region: '', labels: '' };
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Makes the resource, and its first token with it. */
export function DescribeCluster({ onMade }: { onMade: (name: string, token: Token) => void }) {
  const tenant = useTenant();
  const go = useGo();
  const queries = useQueryClient();
  const draft = useDraft<Fields>('cluster.onboard', NOTHING);
  const { name, displayName, provider, region, labels: text } = draft.value;
  const set = (changes: Partial<Fields>) => draft.set((before) => ({ ...before, ...changes }));
  const { labels, mistakes } = readLabels(text);
  const nameIsWrong = name !== '' && !NAME.test(name);
  const make = useMutation({
    mutationFn: async (): Promise<Token> => {
      await must(
        api.PUT('/api/v1/tenants/{tenant}/clusters/{name}', {
          params: { path: { tenant, name }, header: { 'If-None-Match': '*' } },
          body: { apiVersion: 'weft.io/v1', kind: 'Cluster', metadata: { name }, spec: { displayName, provider, region, labels: { ...labels } } },
        }),
      );
      return must(api.POST('/api/v1/tenants/{tenant}/clusters/{name}/join-token', { params: { path: { tenant, name } }, body: { validSeconds: 3600 } }));
    },
    onSuccess: (token) => {
      draft.discard();
      void queries.invalidateQueries({ queryKey: keys.all(tenant, 'clusters') });
      onMade(name, token);
    },
  });
  const taken = isApiProblem(make.error) && make.error.conflict;
  return (
    <Form
      className="weft-onboard-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (NAME.test(name) && mistakes.length === 0) make.mutate();
      }}
    >
      {!taken && <WriteError error={make.error} />}
      <FormGroup label="Name" isRequired fieldId="onboard-name">
        <TextInput
          id="onboard-name"
          isRequired
          value={name}
          validated={nameIsWrong || taken ? 'error' : 'default'}
          aria-describedby="onboard-name-help"
          autoComplete="off"
          spellCheck="false"
          onChange={(_event, value) => {
            make.reset();
            set({ name: value });
          }}
        />
        <FormHelperText>
          <HelperText id="onboard-name-help">
            {taken ? (
              <HelperTextItem variant="error">
                There is a cluster of this name. <AppLink to="clusters/onboard" search={{ cluster: name }}>Go on with its onboarding</AppLink>, or choose another name.
              </HelperTextItem>
            ) : (
              <HelperTextItem variant={nameIsWrong ? 'error' : 'default'}>Lower-case letters, digits and hyphens, up to 63. It cannot be changed later.</HelperTextItem>
            )}
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label="Display name" fieldId="onboard-display">
        <TextInput id="onboard-display" value={displayName} onChange={(_event, value) => set({ displayName: value })} />
      </FormGroup>
      <FormGroup label="Provider" fieldId="onboard-provider">
        <FormSelect id="onboard-provider" value={provider} onChange={(_event, value) => set({ provider: value })}>
          <FormSelectOption value="" label="Not said" />
          {PROVIDER_CHOICES.map((choice) => (
            <FormSelectOption key={choice} value={choice} label={providerWord(choice)} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label="Region" fieldId="onboard-region">
        <TextInput id="onboard-region" value={region} onChange={(_event, value) => set({ region: value })} placeholder="such as eu-west-1" />
      </FormGroup>
      <LabelsField value={text} mistakes={mistakes} onChange={(value) => set({ labels: value })} />
      <ActionGroup>
        <Button type="submit" variant="primary" isDisabled={!NAME.test(name) || mistakes.length > 0 || make.isPending} isLoading={make.isPending}>
          Add it and make a token
        </Button>
        <Button
          variant="link"
          onClick={() => {
            draft.discard();
            go('clusters');
          }}
        >
          Cancel
        </Button>
      </ActionGroup>
    </Form>
  );
}
