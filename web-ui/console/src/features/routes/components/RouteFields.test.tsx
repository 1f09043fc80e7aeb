import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { Violation } from '~/api/problem';
import type { Editor } from '~/shared/changes/use-editor';
import { edited, parse, write } from '~/shared/resources/draft';
import type { JsonObject } from '~/shared/resources/json';
import { type Answers, renderPart } from '~/shared/testing/page';
import { RouteFields } from './RouteFields';

const MARKUP = '<img src=x onerror="alert(1)">';

const ROUTE: JsonObject = {
  metadata: { name: 'cart', globalNamespace: 'shop' },
  spec: {
    target: 'cart',
    rules: [
      { name: 'testers', matches: [{ headers: [{ name: 'x-user', value: 'anna' }] }], split: [{ version: MARKUP, weight: 100 }], mirror: 'x' },
      { name: 'rest', split: [{ version: 'v1', weight: 90 }, { version: 'v2', weight: 10 }] },
    ],
  },
};

const ANSWERS: Answers = { 'GET clusters': { items: [{ metadata: { name: 'aws-eu-1' } }] }, 'GET global-services': { items: [] } };

/** The form over a draft of its own, without a hub to check it. */
function Form({ violations = [], onText }: { violations?: readonly Violation[]; onText?: (text: string) => void }) {
  const [text, setText] = useState(write(ROUTE));
  const document = parse(text).document ?? {};
  const editor = {
    violations,
    edit: (edits) => {
      const next = edited(text, edits);
      setText(next);
      onText?.(next);
    },
  } satisfies Partial<Editor>;
  return <RouteFields editor={editor as unknown as Editor} document={document} />;
}

describe('the form of a route', () => {
  it('keeps weights at 100 while one is set', async () => {
    await renderPart(<Form />, ANSWERS);
    const second = await screen.findByRole('spinbutton', { name: /Percent of version v2/ });
    fireEvent.change(second, { target: { value: '3' } });
    expect(screen.getByRole('spinbutton', { name: /Percent of version v1/ })).toHaveValue(97);
    expect(screen.getByRole('spinbutton', { name: /Percent of version v2/ })).toHaveValue(3);
  });

  it('says which rule a request takes, of the draft as it stands', async () => {
    await renderPart(<Form />, ANSWERS);
    expect(await screen.findByText('Rule 2, rest')).toBeVisible();
    fireEvent.change(screen.getByLabelText('Headers'), { target: { value: 'x-user: anna' } });
    expect(await screen.findByText('Rule 1, testers')).toBeVisible();
  });

  it('shows what is wrong at its field, and the rest in a list of its own', async () => {
    const violations = [
      { pointer: '/spec/rules/0/matches/0/headers/0/value', value: '"anna"', message: 'is not a value', expected: 'another' },
      { pointer: '/metadata/labels', message: 'is not allowed', expected: 'none' },
    ];
    await renderPart(<Form violations={violations} />, ANSWERS);
    expect(await screen.findByText('"anna" is not a value (expected: another)')).toBeVisible();
    expect(screen.getByLabelText('Header 1: value')).toBeInvalid();
    expect(screen.getByText(/is not allowed \(expected: none\)/)).toBeVisible();
  });

  it('tells what it keeps without showing it', async () => {
    let text = '';
    await renderPart(<Form onText={(next) => (text = next)} />, ANSWERS);
    expect(await screen.findByText('/spec/rules/0/mirror')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try rest earlier' }));
    expect(parse(text).document).toMatchObject({ spec: { rules: [{ name: 'rest' }, { name: 'testers', mirror: 'x' }] } });
  });

  it('shows text of the server as text', async () => {
    const { container } = await renderPart(<Form />, ANSWERS);
    await screen.findByDisplayValue(MARKUP);
    expect(container.querySelector('img')).toBeNull();
  });

  it('cannot be edited by who may only read', async () => {
    await renderPart(<Form />, ANSWERS, 'viewer');
    expect(await screen.findByLabelText('Header 1: value')).toHaveAttribute('readonly');
    expect(screen.queryByRole('button', { name: 'Add a rule' })).toBeNull();
  });
});
