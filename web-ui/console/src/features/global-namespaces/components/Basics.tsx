import { FormGroup, TextArea, TextInput } from '@patternfly/react-core';
import type { Violation } from '~/api/problem';
import { FieldHelp, validity } from '~/shared/changes/FieldHelp';
import type { Edit } from '~/shared/resources/draft';
import { of } from '~/shared/resources/violations';
import { type GlobalNamespaceForm, domainTrouble } from '../model';

export interface BasicsProps {
  form: GlobalNamespaceForm;
  edit: (edits: readonly Edit[]) => void;
  violations: readonly Violation[];
  isReadOnly: boolean;
  /** Said of the domain by the hub while it is typed. */
  domainConflict?: string;
}

export const BASIC_FIELDS = ['/spec/domain', '/spec/displayName', '/spec/description'];

/** Domain and words; the name is not here, as it never changes. */
export function Basics({ form, edit, violations, isReadOnly, domainConflict = '' }: BasicsProps) {
  const trouble = domainTrouble(form.domain) || domainConflict;
  const readOnly = isReadOnly ? 'default' : undefined;
  const set = (field: string) => (_event: unknown, value: string) =>
    edit([{ path: ['spec', field], value: value === '' && field !== 'domain' ? undefined : value }]);
  return (
    <>
      <FormGroup label="Domain" fieldId="gns-domain" isRequired>
        <TextInput
          id="gns-domain"
          value={form.domain}
          readOnlyVariant={readOnly}
          validated={validity(of(violations, '/spec/domain'), trouble)}
          onChange={set('domain')}
          placeholder="shop.example"
          autoComplete="off"
          spellCheck="false"
        />
        <FieldHelp violations={of(violations, '/spec/domain')} trouble={trouble}>
          A service cart of a member is called cart.{form.domain || '<domain>'} from every member cluster.
        </FieldHelp>
      </FormGroup>
      <FormGroup label="Shown as" fieldId="gns-display">
        <TextInput id="gns-display" value={form.displayName} readOnlyVariant={readOnly} onChange={set('displayName')} autoComplete="off" />
        <FieldHelp violations={of(violations, '/spec/displayName')} />
      </FormGroup>
      <FormGroup label="Description" fieldId="gns-description">
        <TextArea id="gns-description" value={form.description} readOnlyVariant={readOnly} onChange={set('description')} rows={2} resizeOrientation="vertical" />
        <FieldHelp violations={of(violations, '/spec/description')} />
      </FormGroup>
    </>
  );
}
