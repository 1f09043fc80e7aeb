import { FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Violation } from '~/api/problem';
import { sentence } from '~/shared/resources/violations';

export interface FieldHelpProps {
  /** Those of this field. */
  violations: readonly Violation[];
  /** Said before the hub was asked. */
  trouble?: string;
  /** Said when nothing is the matter. */
  children?: ReactNode;
}

/** Below a field: what is wrong with it, else what it is for. */
export function FieldHelp({ violations, trouble = '', children }: FieldHelpProps) {
  const wrong = [...(trouble === '' ? [] : [trouble]), ...violations.map(sentence)];
  if (wrong.length === 0 && children === undefined) return null;
  return (
    <FormHelperText>
      <HelperText aria-live="polite">
        {wrong.map((text) => (
          <HelperTextItem key={text} variant="error" className="weft-wrap">
            {text}
          </HelperTextItem>
        ))}
        {wrong.length === 0 && <HelperTextItem>{children}</HelperTextItem>}
      </HelperText>
    </FormHelperText>
  );
}

export function validity(violations: readonly Violation[], trouble = ''): 'error' | 'default' {
  return violations.length > 0 || trouble !== '' ? 'error' : 'default';
}
