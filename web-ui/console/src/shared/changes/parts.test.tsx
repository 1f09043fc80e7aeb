import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { parse, write } from '~/shared/resources/draft';
import { renderPart } from '~/shared/testing/page';
import { ConflictReview } from './ConflictReview';
import { DeleteResource } from './DeleteResource';
import { Delivery } from './Delivery';
import { routeKey } from './key';

const BASE = { spec: { target: 'cart', description: 'one' } };

describe('two versions of a resource', () => {
  it('are merged once what both changed is chosen', async () => {
    let merged = '';
    const mine = { spec: { target: 'cart', description: 'mine' } };
    const theirs = { spec: { target: 'basket', description: 'theirs' } };
    await renderPart(
      <ConflictReview what="Route cart" base={BASE} text={`# kept\n${write(mine)}`} mine={mine} theirs={theirs} onMerged={(text) => (merged = text)} onDrop={() => undefined} />,
    );
    const go = await screen.findByRole('button', { name: 'Go on with what is chosen' });
    expect(go).toBeDisabled();
    await userEvent.click(screen.getByRole('radio', { name: /\/spec\/description: mine/ }));
    await userEvent.click(go);
    expect(merged).toMatch(/^# kept\n/);
    expect(parse(merged).document).toEqual({ spec: { target: 'basket', description: 'mine' } });
  });
});

describe('progress by cluster', () => {
  it('tells why a cluster is no further, as text', async () => {
    const { container } = await renderPart(
      <Delivery
        clusters={[
          { cluster: 'b', state: 'applied', connected: true, reason: 'The cluster is simulated.', refusals: {} },
          { cluster: 'a', state: 'refused', connected: true, refusals: { 'x|VirtualService|shop|cart': 'denied: <b>no</b>' } },
        ]}
      />,
    );
    const rows = await screen.findAllByRole('row');
    expect(within(rows[1] as HTMLElement).getByText('Refused')).toBeVisible();
    expect(within(rows[1] as HTMLElement).getByText('VirtualService shop/cart')).toBeVisible();
    expect(within(rows[2] as HTMLElement).getByText('The cluster is simulated.')).toBeVisible();
    expect(container.querySelector('b')).toBeNull();
  });
});

describe('a deletion', () => {
  it('lists what goes, and waits for the name', async () => {
    let deleted = 0;
    const gone = { cluster: 'aws-eu-1', objects: [{ change: 'removed', object: 'x|VirtualService|shop|cart', before: {} }], findings: [] };
    const answers = {
      'DELETE global-namespaces/shop/traffic-routes/cart': { dryRun: true, revision: 7, resources: [], clusters: [gone] },
    };
    await renderPart(<DeleteResource resourceKey={routeKey('shop', 'cart')} generation={1} onDeleted={(revision) => (deleted = revision)} onClose={() => undefined} />, answers);
    expect(await screen.findByText(/1 removed in 1 cluster\. Nothing else is touched/)).toBeVisible();
    const button = screen.getByRole('button', { name: 'Delete' });
    expect(button).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/Type cart to confirm/), 'cart');
    await userEvent.click(button);
    await screen.findByRole('button', { name: 'Delete' });
    expect(deleted).toBe(7);
  });
});
