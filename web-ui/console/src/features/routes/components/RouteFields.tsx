import { Button, Form } from '@patternfly/react-core';
import { PlusIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTenant } from '~/app/navigate';
import { usePermission } from '~/app/permissions';
import { NotShown, OtherViolations } from '~/shared/changes/EditorPanels';
import { FieldHelp } from '~/shared/changes/FieldHelp';
import { globalServiceQuery, globalServicesQuery } from '~/shared/changes/global-services';
import { namesQuery } from '~/shared/changes/lists';
import type { Editor } from '~/shared/changes/use-editor';
import type { JsonObject } from '~/shared/resources/json';
import { withoutField } from '~/shared/resources/violations';
import { useDebounced } from '~/shared/hooks/use-debounced';
import { RULES, named, routeForm, withRule } from '../model';
import { verdict } from '../request';
import { type Editing, EditingProvider, fieldsOf, useEditing, useViolations } from './editing';
import { TextField } from './fields';
import { RequestBox, type Tried, requestOf } from './RequestBox';
import { RuleCard } from './RuleCard';

/** The form of a route beside the box that tests it. */
export function RouteFields({ editor, document }: { editor: Editor; document: JsonObject }) {
  const tenant = useTenant();
  const { reason } = usePermission('edit');
  const form = useMemo(() => routeForm(document), [document]);
  const fields = useMemo(() => fieldsOf(form), [form]);
  const target = useDebounced(form.target, 400);
  const service = useQuery({ ...globalServiceQuery(tenant, form.globalNamespace, target), enabled: target !== '', retry: false });
  const clusters = useQuery(namesQuery(tenant, 'clusters'));
  const [tried, setTried] = useState<Tried>({ method: 'GET', path: '/', headers: '' });
  const mine = named(form);
  const editing: Editing = {
    document,
    form,
    edit: editor.edit,
    violations: editor.violations,
    fields,
    readOnly: reason,
    versions: [...new Set([...(service.data?.versions ?? []), ...mine.versions])],
    clusters: clusters.data ?? mine.clusters,
  };
  return (
    <EditingProvider value={editing}>
      <div className="weft-route">
        <Form className="weft-route-form" onSubmit={(event) => event.preventDefault()}>
          <OtherViolations violations={withoutField(editor.violations, fields)} />
          <NotShown pointers={form.notShown} />
          <Basics />
          <RuleCards chosen={verdict(form, requestOf(tried)).rule} />
        </Form>
        <aside className="weft-route-side">
          <RequestBox form={form} tried={tried} onChange={setTried} />
        </aside>
      </div>
    </EditingProvider>
  );
}

function Basics() {
  const tenant = useTenant();
  const { form } = useEditing();
  const services = useQuery(globalServicesQuery(tenant, { globalNamespace: form.globalNamespace, limit: 100 }));
  return (
    <div className="weft-fields">
      <TextField
        path={['spec', 'target']}
        label="Service"
        isRequired
        value={form.target}
        suggestions={(services.data?.items ?? []).map((each) => each.name)}
      >
        The global service, without the domain.
      </TextField>
      <TextField path={['spec', 'description']} label="Description" value={form.description} />
    </div>
  );
}

function RuleCards({ chosen }: { chosen: number | null }) {
  const { document, form, edit, readOnly } = useEditing();
  const violations = useViolations(RULES);
  return (
    <div className="weft-rules">
      <h2 className="weft-subtitle">Rules, in order: the first that holds decides</h2>
      <FieldHelp violations={violations} />
      {form.rules.map((rule, index) => (
        <RuleCard key={index} index={index} rule={rule} chosen={chosen === index} />
      ))}
      <p className={chosen === null ? 'weft-rest weft-rule-chosen' : 'weft-rest'}>
        Everything else takes the service’s own default: the caller’s cluster first, the others when it fails.
      </p>
      {readOnly === '' && (
        <Button variant="secondary" icon={<PlusIcon />} onClick={() => edit(withRule(form, document).edits)}>
          Add a rule
        </Button>
      )}
    </div>
  );
}
