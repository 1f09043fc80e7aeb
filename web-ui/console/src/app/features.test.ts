import { expect, it } from 'vitest';
import { navigation } from './features';

it('leads with each shortcut to one page', () => {
  const keys = navigation.flatMap((group) => group.entries.map((entry) => entry.shortcut ?? ''));
  const given = keys.filter((key) => key !== '');
  expect([...new Set(given)].sort()).toEqual([...given].sort());
});
