import { describe, expect, it } from 'vitest';
import { injectionText, isBehind, portText, rowKey, type Row } from './kinds';

const at = { cluster: 'aws-eu-1', stale: false, changedAt: '2026-11-21T10:00:00Z' };

describe('inventory rows', () => {
  it('names a protocol in the words of people', () => {
    expect(portText({ number: 8080, name: 'http', protocol: 'PORT_PROTOCOL_HTTP' })).toBe('8080 http (HTTP)');
    expect(portText({ number: 53, name: '', protocol: 'PORT_PROTOCOL_UNSPECIFIED' })).toBe('53');
  });

  it('keeps rows of equal names in different clusters apart', () => {
    const row: Row = { ...at, namespace: 'shop', name: 'cart' };

    expect(rowKey(row)).not.toBe(rowKey({ ...row, cluster: 'gcp-eu-1' }));
  });

  it('finds the instances of a service by its selector, and none for a service without one', () => {
    const instance: Row = { ...at, namespace: 'shop', name: 'cart-1', labels: { app: 'cart', version: 'v1' } };

    expect(isBehind({ ...at, name: 'cart', selector: { app: 'cart' } }, instance)).toBe(true);
    expect(isBehind({ ...at, name: 'mail', selector: { app: 'mail' } }, instance)).toBe(false);
    expect(isBehind({ ...at, name: 'external', selector: {} }, instance)).toBe(false);
  });

  it('shows an unknown injection value as a revision', () => {
    expect(['', 'enabled', 'disabled', 'canary'].map(injectionText)).toEqual(['Not set', 'Yes', 'No', 'By revision canary']);
  });
});
