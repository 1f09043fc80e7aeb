import { List, ListItem } from '@patternfly/react-core';
import { AppLink } from '~/app/navigate';
import { keyPage, parseKey } from '~/shared/changes/key';
import { type Change, changeWords } from '~/shared/changes/words';

/** What a change did, each with the way to what it did it to. */
export function ChangeList({ changes }: { changes: readonly Pick<Change, 'key' | 'effect'>[] }) {
  return (
    <List isPlain>
      {changes.map((change) => {
        const page = change.effect === 'deleted' ? undefined : keyPage(parseKey(change.key));
        return (
          <ListItem key={change.key}>{page === undefined ? changeWords(change) : <AppLink to={page}>{changeWords(change)}</AppLink>}</ListItem>
        );
      })}
    </List>
  );
}
