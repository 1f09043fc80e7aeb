import { Label } from '@patternfly/react-core';
import { FlaskIcon } from '@patternfly/react-icons';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { phaseTone, type Phase } from './phase';

export function PhaseLabel({ phase, meaning }: { phase: Phase | undefined; meaning?: string }) {
  return (
    <StatusLabel tone={phaseTone(phase)} title={meaning}>
      {phase ?? 'Unknown'}
    </StatusLabel>
  );
}

/** The cluster says of itself that it is none. */
export function SimulatedLabel() {
  return (
    <Label isCompact variant="outline" color="purple" icon={<FlaskIcon />} title="This cluster is simulated: there are no machines and no traffic behind it.">
      Simulated
    </Label>
  );
}
