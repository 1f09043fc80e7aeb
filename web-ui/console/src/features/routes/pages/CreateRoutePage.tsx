import { ActionGroup, Button, Form, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { pathTo, useGo, useSearchParams, useSetSearch, useTenant } from '~/app/navigate';
import { FieldHelp } from '~/shared/changes/FieldHelp';
import { type GlobalService, globalServicesQuery } from '~/shared/changes/global-services';
import { namesQuery } from '~/shared/changes/lists';
import { ActionButton } from '~/shared/ui/ActionButton';
import { PageFrame } from '~/shared/ui/PageFrame';
import { QueryView } from '~/shared/ui/QueryView';
import { Empty } from '~/shared/ui/states';

/** Which service of which global namespace; the rules come on the page of the route. All of it is in the URL. */
export default function CreateRoutePage() {
  const tenant = useTenant();
  const names = useQuery(namesQuery(tenant, 'global-namespaces'));
  return (
    <PageFrame title="Create a route" crumbs={[{ label: 'Routes', to: 'routes' }]} lead="Choose the service whose requests are to be matched and split.">
      <QueryView query={names} what="The global namespaces">
        {(all) => (all.length === 0 ? <NoGlobalNamespace /> : <Choose names={all} />)}
      </QueryView>
    </PageFrame>
  );
}

function NoGlobalNamespace() {
  const go = useGo();
  return (
    <Empty
      title="A global namespace comes first"
      action={
        <ActionButton needs="edit" onClick={() => go('global-namespaces/create')}>
          Create a global namespace
        </ActionButton>
      }
    >
      Routes are for global services, and these come with a global namespace: a domain, and the namespaces that belong to it.
    </Empty>
  );
}

function Choose({ names }: { names: readonly string[] }) {
  const tenant = useTenant();
  const go = useGo();
  const set = useSetSearch();
  const search = useSearchParams();
  const globalNamespace = search.globalNamespace ?? (names.length === 1 ? (names[0] ?? '') : '');
  const services = useQuery({
    ...globalServicesQuery(tenant, { globalNamespace, limit: 1000, sort: 'name' }),
    enabled: globalNamespace !== '',
  });
  const found = services.data?.items ?? [];
  const target = search.target ?? '';
  const chosen = found.find((each) => each.name === target);
  const name = search.name ?? target;
  const why = notYet(globalNamespace, target, name, chosen);
  return (
    <Form isWidthLimited onSubmit={(event) => event.preventDefault()}>
      <FormGroup label="Global namespace" fieldId="gns" isRequired>
        <FormSelect
          id="gns"
          value={globalNamespace}
          onChange={(_event, value) => set({ globalNamespace: value, target: undefined, name: undefined }, { replace: true })}
        >
          <FormSelectOption value="" label="Choose one" isPlaceholder />
          {names.map((each) => (
            <FormSelectOption key={each} value={each} label={each} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label="Service" fieldId="target" isRequired>
        <FormSelect id="target" value={target} isDisabled={globalNamespace === ''} onChange={(_event, value) => set({ target: value, name: undefined }, { replace: true })}>
          <FormSelectOption value="" label={services.isFetching ? 'Loading' : 'Choose one'} isPlaceholder />
          {target !== '' && chosen === undefined && <FormSelectOption value={target} label={target} />}
          {found.map((each) => (
            <FormSelectOption key={each.name} value={each.name} label={each.route === null ? each.host : `${each.host} (has the route ${each.route})`} />
          ))}
        </FormSelect>
        <FieldHelp violations={[]}>
          {chosen === undefined ? 'One route for each service.' : `In ${chosen.clusters.map((each) => each.cluster).join(', ')}; versions ${chosen.versions.join(', ') || 'none'}.`}
        </FieldHelp>
      </FormGroup>
      <FormGroup label="Name of the route" fieldId="name" isRequired>
        <TextInput id="name" value={name} onChange={(_event, value) => set({ name: value === target ? undefined : value }, { replace: true })} autoComplete="off" />
        <FieldHelp violations={[]} trouble={nameTrouble(name)}>
          Lower-case letters, digits and “-”.
        </FieldHelp>
      </FormGroup>
      <ActionGroup>
        {chosen?.route ? (
          <Button onClick={() => go(pathTo('routes', globalNamespace, chosen.route ?? ''))}>Open its route {chosen.route}</Button>
        ) : (
          <ActionButton needs="edit" notNow={why} onClick={() => go(pathTo('routes', globalNamespace, name), { search: { create: target } })}>
            Go on to the rules
          </ActionButton>
        )}
        <Button variant="link" onClick={() => go('routes')}>
          Cancel
        </Button>
      </ActionGroup>
    </Form>
  );
}

function nameTrouble(name: string): string {
  return name === '' || /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) ? '' : 'Lower-case letters, digits and "-", up to 63, beginning and ending with a letter or digit.';
}

function notYet(globalNamespace: string, target: string, name: string, chosen: GlobalService | undefined): string {
  if (globalNamespace === '') return 'Choose a global namespace.';
  if (target === '') return 'Choose a service.';
  if (chosen?.route) return `The service has the route ${chosen.route} already.`;
  return name === '' || nameTrouble(name) !== '' ? 'Give the route a name.' : '';
}
