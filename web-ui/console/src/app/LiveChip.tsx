import { Button, Tooltip } from '@patternfly/react-core';
import { ExclamationTriangleIcon, InProgressIcon, PauseIcon, SyncAltIcon } from '@patternfly/react-icons';
import type { ReactNode } from 'react';
import type { LiveState } from '~/api/live';
import { useLive } from './live-context';

const LOOKS: Readonly<Record<LiveState, { word: string; icon: ReactNode; tip: string }>> = {
  connecting: { word: 'Connecting', icon: <InProgressIcon />, tip: 'Connecting to the live updates' },
  live: { word: 'Live', icon: <span className="weft-live-dot" aria-hidden="true" />, tip: 'Values change as they happen. Pause (p)' },
  interrupted: {
    word: 'Interrupted',
    icon: <ExclamationTriangleIcon />,
    tip: 'Live updates interrupted, retrying. What is shown stays, and may be old',
  },
  polling: { word: 'Every 15 s', icon: <SyncAltIcon />, tip: 'Live updates cannot be had; the page asks every 15 seconds' },
  paused: { word: 'Paused', icon: <PauseIcon />, tip: 'Nothing changes by itself. Go on (p)' },
};

/** Whether what is shown follows what happens; a click pauses it and lets it go on. */
export function LiveChip() {
  const { state, pause } = useLive();
  const { word, icon, tip } = LOOKS[state];
  const paused = state === 'paused';
  return (
    <Tooltip content={tip} aria="none">
      <Button
        variant="plain"
        className={`weft-live weft-live-${state}`}
        icon={icon}
        aria-label={`Live updates: ${word}. ${paused ? 'Go on' : 'Pause'}`}
        aria-pressed={paused}
        onClick={() => pause(!paused)}
      >
        <span className="weft-live-word">{word}</span>
      </Button>
    </Tooltip>
  );
}
