import { describe, expect, it } from 'vitest';
import { edited, parse, write } from '~/shared/resources/draft';
import { objectOf } from '~/shared/resources/json';
import {
  appended,
  conditions,
  newRoute,
  routeForm,
  rulePath,
  ruleWords,
  splitWords,
  textEdit,
  weighted,
  withDestination,
  withRule,
  without,
  withoutDestination,
} from './model';

const ROUTE = {
  apiVersion: 'weft.io/v1',
  kind: 'TrafficRoute',
  metadata: { name: 'cart', globalNamespace: 'shop', labels: { team: 'cart' } },
  spec: {
    target: 'cart',
    rules: [
      {
        name: 'testers',
        matches: [
          {
            path: { op: 'Prefix', value: '/api' },
            method: 'GET',
            headers: [{ name: 'x-user', op: 'Regex', value: 'anna|bob' }],
            queryParams: [{ name: 'debug', value: '1' }],
          },
        ],
        split: [{ version: 'v2', weight: 100 }],
        timeout: '3s',
        retries: { attempts: 2, perTryTimeout: '500ms', on: '5xx, reset' },
      },
      { split: [{ version: 'v1', cluster: 'aws-eu-1', weight: 90 }, { version: 'v2', weight: 10 }] },
    ],
  },
};

function formOf(text: string) {
  return routeForm(objectOf(parse(text).document));
}

describe('the form of a route', () => {
  it('shows all that the document says', () => {
    const form = formOf(write(ROUTE));
    expect(form).toMatchObject({ name: 'cart', globalNamespace: 'shop', target: 'cart' });
    expect(form.rules[0]).toEqual({
      name: 'testers',
      matches: [
        {
          path: { op: 'Prefix', value: '/api' },
          method: 'GET',
          headers: [{ name: 'x-user', op: 'Regex', value: 'anna|bob' }],
          queryParams: [{ name: 'debug', op: 'Exact', value: '1' }],
        },
      ],
      split: [{ version: 'v2', cluster: '', weight: 100 }],
      timeout: '3s',
      retries: { attempts: 2, perTryTimeout: '500ms', on: '5xx, reset' },
    });
    expect(conditions('5xx, reset')).toEqual(['5xx', 'reset']);
  });

  it('keeps what it cannot show, and says so', () => {
    const text = write({
      ...ROUTE,
      spec: { ...ROUTE.spec, rules: [{ mirror: { cluster: 'b' }, matches: [{ source: 'web', method: 'GET' }] }, 'x'] },
    });
    const form = formOf(text);
    expect(form.notShown).toEqual([
      '/metadata/labels',
      '/spec/rules/0/mirror',
      '/spec/rules/0/matches/0/source',
      '/spec/rules/1',
    ]);
    const after = parse(edited(text, [textEdit(rulePath(0, 'timeout'), '2s')])).document;
    expect(after).toMatchObject({
      metadata: { labels: { team: 'cart' } },
      spec: { rules: [{ mirror: { cluster: 'b' }, matches: [{ source: 'web', method: 'GET' }], timeout: '2s' }, 'x'] },
    });
  });

  it('reads documents that are anything but a route', () => {
    for (const spec of [null, 'text', [1], { rules: 'x' }, { rules: [null, 3, { split: [{ weight: 'ten' }] }] }]) {
      expect(() => routeForm({ spec } as never)).not.toThrow();
    }
  });

  it('keeps weights at 100 whatever is edited', () => {
    let text = write(ROUTE);
    const document = () => objectOf(parse(text).document);
    const weights = () => formOf(text).rules[1]?.split.map((each) => each.weight);
    text = edited(text, weighted(formOf(text), 1, 1, 35));
    expect(weights()).toEqual([65, 35]);
    text = edited(text, withDestination(formOf(text), 1));
    expect(weights()).toEqual([65, 35, 0]);
    text = edited(text, weighted(formOf(text), 1, 2, 50));
    expect(weights()).toEqual([33, 17, 50]);
    text = edited(text, withoutDestination(document(), formOf(text), 1, 0));
    expect(weights()).toEqual([25, 75]);
    expect(formOf(text).rules[1]?.split[0]?.version).toBe('v2');
    text = edited(text, withoutDestination(document(), formOf(text), 1, 0));
    text = edited(text, withoutDestination(document(), formOf(text), 1, 0));
    expect(formOf(text).rules[1]?.split).toEqual([]);
    text = edited(text, withDestination(formOf(text), 1));
    expect(weights()).toEqual([100]);
  });

  it('puts a new rule before the one that catches everything', () => {
    const document = objectOf(ROUTE);
    const { edits, index } = withRule(routeForm(document as never), document as never);
    expect(index).toBe(1);
    const form = formOf(edited(write(ROUTE), edits));
    expect(form.rules.map(ruleWords)).toEqual([
      'method is GET and path begins with /api and header x-user fits anna|bob and query debug is 1',
      'path begins with /',
      'every request',
    ]);
  });

  it('takes a list away with its last item', () => {
    const text = write(ROUTE);
    const document = objectOf(parse(text).document);
    const after = edited(text, without(document, rulePath(0, 'matches'), 0));
    expect(parse(after).document).not.toHaveProperty('spec.rules.0.matches');
    const more = edited(after, appended(objectOf(parse(after).document), rulePath(0, 'matches'), { method: 'PUT' }));
    expect(formOf(more).rules[0]?.matches[0]?.method).toBe('PUT');
  });

  it('begins with one rule for every request', () => {
    const form = routeForm(newRoute('shop', 'cart', 'cart'));
    expect(form.rules.map(ruleWords)).toEqual(['every request']);
    expect(form.rules.map(splitWords)).toEqual(['100 % any version, nearest cluster']);
    expect(form.notShown).toEqual([]);
  });
});
