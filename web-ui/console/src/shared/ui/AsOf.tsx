import { Timestamp, TimestampTooltipVariant } from '@patternfly/react-core';
import { clockTime, dateTime, parseTime, relative } from '~/shared/format/time';
import { useNow } from '~/shared/hooks/use-now';

/** `as of 12:04:31`: when what is shown was read. */
export function AsOf({ at }: { at: Date | number | undefined }) {
  if (at === undefined || at === 0) return null;
  const time = typeof at === 'number' ? new Date(at) : at;
  return <span className="weft-as-of">as of {clockTime(time)}</span>;
}

/** `5 min ago`, with the whole time on hover and focus; a dash for none. */
export function Ago({ at, none = '–' }: { at: string | undefined; none?: string }) {
  const now = useNow();
  const time = parseTime(at);
  if (time === undefined) return <>{none}</>;
  return (
    <Timestamp date={time} className="weft-ago" tooltip={{ variant: TimestampTooltipVariant.custom, content: dateTime(time) }}>
      {relative(time, now)}
    </Timestamp>
  );
}
