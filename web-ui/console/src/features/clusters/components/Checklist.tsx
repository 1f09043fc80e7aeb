import { Alert } from '@patternfly/react-core';
import { CheckCircleIcon, ExclamationCircleIcon, InProgressIcon, OutlinedCircleIcon } from '@patternfly/react-icons';
import type { ComponentType } from 'react';
import type { Schemas } from '~/api/types';
import { Ago } from '~/shared/ui/AsOf';
import { CopyText } from '~/shared/ui/CopyText';

type Step = Schemas['OnboardingStep'];
type Diagnosis = Schemas['Diagnosis'];

const LOOKS: Readonly<Record<Step['state'], { icon: ComponentType; word: string }>> = {
  done: { icon: CheckCircleIcon, word: 'done' },
  now: { icon: InProgressIcon, word: 'now' },
  waiting: { icon: OutlinedCircleIcon, word: 'waiting' },
  failed: { icon: ExclamationCircleIcon, word: 'failed' },
};

/** The steps of joining, each with its own sign and word. */
export function Checklist({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="weft-checklist" aria-label="Steps of joining">
      {steps.map((step) => {
        const { icon: Icon, word } = LOOKS[step.state];
        return (
          <li key={step.id} aria-current={step.state === 'now' ? 'step' : undefined}>
            <span className={`weft-check-icon weft-check-${step.state}`} aria-hidden="true">
              <Icon />
            </span>
            <span className="weft-check-text">
              <strong>
                {step.title} <span className="pf-v6-screen-reader">({word})</span>
              </strong>
              <span>{step.detail}</span>
            </span>
            <span className="weft-check-time">{step.at !== undefined && <Ago at={step.at} />}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** Why it does not go on, and what to do. */
export function DiagnosisList({ diagnosis }: { diagnosis: readonly Diagnosis[] }) {
  return (
    <div className="weft-stack weft-diagnosis" aria-live="polite">
      {diagnosis.map((each) => (
        <Alert key={`${each.code} ${each.at ?? ''}`} isInline variant="warning" title={each.title}>
          <p>
            {each.detail}
            {each.times !== undefined && each.times > 1 && ` (${each.times} times)`} {each.at !== undefined && <Ago at={each.at} />}
          </p>
          {each.command !== undefined && <CopyText text={each.command} label={`Command for: ${each.title}`} />}
        </Alert>
      ))}
    </div>
  );
}
