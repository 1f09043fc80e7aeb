import { ProgressStep, ProgressStepper } from '@patternfly/react-core';
import type { Bundle } from '../queries';

export interface DeliveryStep {
  id: string;
  title: string;
  detail: string;
  variant: 'success' | 'info' | 'pending' | 'danger';
}

function short(version: string | undefined): string {
  return version === undefined ? '' : version.slice(0, 12);
}

/** How far the newest bundle of a cluster is. */
export function deliverySteps(bundle: Bundle): DeliveryStep[] {
  const at = (mark: { version: string } | undefined) => mark?.version === bundle.version;
  const refused = Object.keys(bundle.refusals).length > 0;
  const live = at(bundle.live);
  const applied = live || at(bundle.applied);
  const sent = applied || at(bundle.sent);
  return [
    { id: 'wanted', title: 'Wanted', detail: `${bundle.objects} objects, ${short(bundle.version)}`, variant: 'success' },
    { id: 'sent', title: 'Sent', detail: sent ? short(bundle.sent?.version ?? bundle.version) : bundle.connected ? 'on the way' : 'waits for the agent', variant: sent ? 'success' : bundle.connected ? 'info' : 'pending' },
    { id: 'applied', title: refused ? 'Refused in part' : 'Applied', detail: applied ? short(bundle.applied?.version ?? bundle.version) : 'not yet', variant: refused ? 'danger' : applied ? 'success' : 'pending' },
    { id: 'live', title: 'Live', detail: live ? short(bundle.live?.version) : (bundle.liveReason ?? 'not confirmed'), variant: live ? 'success' : 'pending' },
  ];
}

export function Delivery({ bundle }: { bundle: Bundle | undefined }) {
  if (bundle === undefined) return null;
  return (
    <ProgressStepper isVertical aria-label="How far its configuration is" className="weft-delivery">
      {deliverySteps(bundle).map((step) => (
        <ProgressStep key={step.id} id={`delivery-${step.id}`} titleId={`delivery-${step.id}-title`} variant={step.variant} description={step.detail} aria-label={`${step.title}: ${step.detail}`}>
          {step.title}
        </ProgressStep>
      ))}
    </ProgressStepper>
  );
}
