import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from '@patternfly/react-core';
import type { ReactNode } from 'react';

export interface Fact {
  term: string;
  /** A dash is shown for undefined and empty text. */
  value: ReactNode;
}

/** Terms and what they are, in as many columns as there is room for. */
export function Facts({ facts, label, columns = 1 }: { facts: readonly Fact[]; label: string; columns?: 1 | 2 | 3 }) {
  const across = { 1: undefined, 2: { lg: '2Col' as const }, 3: { lg: '2Col' as const, xl: '3Col' as const } }[columns];
  return (
    <DescriptionList aria-label={label} isCompact isHorizontal={columns === 1} columnModifier={across} className="weft-facts">
      {facts.map((fact) => (
        <DescriptionListGroup key={fact.term}>
          <DescriptionListTerm>{fact.term}</DescriptionListTerm>
          <DescriptionListDescription>{fact.value === undefined || fact.value === '' ? '–' : fact.value}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}
