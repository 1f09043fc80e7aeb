import { Label } from '@patternfly/react-core';
import {
  BanIcon,
  CheckCircleIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  HourglassHalfIcon,
  InProgressIcon,
  InfoCircleIcon,
  OutlinedCircleIcon,
  UnpluggedIcon,
} from '@patternfly/react-icons';
import type { ComponentType } from 'react';

/** What a state means for the reader; each has its own icon shape, so that colour is never the only sign. */
export type Tone = 'ok' | 'working' | 'waiting' | 'warning' | 'danger' | 'off' | 'info' | 'none' | 'disconnected';

type PatternFlyStatus = 'success' | 'warning' | 'danger' | 'info' | 'custom';
type PatternFlyColor = 'grey' | 'blue' | 'teal';

const LOOKS: Readonly<Record<Tone, { icon: ComponentType; status?: PatternFlyStatus; color?: PatternFlyColor }>> = {
  ok: { icon: CheckCircleIcon, status: 'success' },
  working: { icon: InProgressIcon, color: 'blue' },
  waiting: { icon: HourglassHalfIcon, color: 'grey' },
  warning: { icon: ExclamationTriangleIcon, status: 'warning' },
  danger: { icon: ExclamationCircleIcon, status: 'danger' },
  off: { icon: BanIcon, color: 'grey' },
  info: { icon: InfoCircleIcon, status: 'info' },
  none: { icon: OutlinedCircleIcon, color: 'grey' },
  disconnected: { icon: UnpluggedIcon, color: 'grey' },
};

export interface StatusLabelProps {
  tone: Tone;
  /** The word; always shown. */
  children: string;
  title?: string;
  isCompact?: boolean;
}

export function StatusLabel({ tone, children, title, isCompact = true }: StatusLabelProps) {
  const { icon: Icon, status, color } = LOOKS[tone];
  return (
    <Label variant="outline" isCompact={isCompact} status={status} color={color} icon={<Icon />} title={title}>
      {children}
    </Label>
  );
}
