import { DataList, DataListCell, DataListItem, DataListItemCells, DataListItemRow } from '@patternfly/react-core';
import { objectWords } from '~/shared/format/object-key';

/** What each object's trouble is, in the words of the cluster. */
export function KeyedReasons({ entries, label }: { entries: readonly (readonly [string, string])[]; label: string }) {
  return (
    <DataList aria-label={label} isCompact>
      {entries.map(([key, reason]) => (
        <DataListItem key={key} aria-label={key}>
          <DataListItemRow>
            <DataListItemCells
              dataListCells={[
                <DataListCell key="object" width={2}>
                  <code className="weft-break">{objectWords(key)}</code>
                </DataListCell>,
                <DataListCell key="reason" width={3} className="weft-break">
                  {reason}
                </DataListCell>,
              ]}
            />
          </DataListItemRow>
        </DataListItem>
      ))}
    </DataList>
  );
}
