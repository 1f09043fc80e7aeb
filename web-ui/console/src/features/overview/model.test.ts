import { describe, expect, it } from 'vitest';
import { byWeight, figureCards, startSteps, type Overview } from './model';

const OVERVIEW: Overview = {
  clusters: { total: 4, byPhase: { Ready: 2, Disconnected: 1, Degraded: 1, Waiting: 0 } },
  globalNamespaces: { total: 1, withProblems: 0 },
  services: { total: 36, global: 10 },
  routes: { total: 1 },
  changes: { last24h: 5, notLive: 2 },
  problems: [],
  start: { clusterJoined: true, globalNamespaceCreated: false, routeCreated: false },
};

describe('overview', () => {
  it('shows phases worst first and leaves out those without clusters', () => {
    const clusters = figureCards(OVERVIEW)[0];

    expect(clusters?.parts.map((part) => [part.label, part.value])).toEqual([
      ['Degraded', 1],
      ['Disconnected', 1],
      ['Ready', 2],
    ]);
  });

  it('links every count of clusters to the list filtered by that phase', () => {
    const parts = figureCards(OVERVIEW)[0]?.parts ?? [];

    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) expect(part).toMatchObject({ to: 'clusters', search: { phase: part.label } });
  });

  it('links every part of a count to a list that is filtered by it', () => {
    const some = { ...OVERVIEW, globalNamespaces: { total: 3, withProblems: 1 } };
    const parts = figureCards(some).flatMap((card) => card.parts.map((part) => [part.label, part.to, part.search]));

    expect(parts).toContainEqual(['With problems', 'global-namespaces', { problems: 'some' }]);
    expect(parts).toContainEqual(['Not live everywhere', 'changes', { state: 'underway', period: 'day' }]);
  });

  it('ticks the start list by what is there', () => {
    expect(startSteps(OVERVIEW).map((step) => step.done)).toEqual([true, false, false]);
  });

  it('puts errors before warnings and keeps the order among equals', () => {
    const problem = (severity: 'error' | 'warning' | 'info', title: string) => ({ severity, title, code: 'x', detail: '' });

    const sorted = byWeight([problem('info', 'a'), problem('warning', 'b'), problem('error', 'c'), problem('warning', 'd')]);

    expect(sorted.map((each) => each.title)).toEqual(['c', 'b', 'd', 'a']);
  });
});
