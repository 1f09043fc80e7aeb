import { test as base, expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens a scenario's own world, logged in, at a page of the tenant. */
export async function open(page: Page, scenario: string, path: string): Promise<void> {
  await page.goto(`/mock/${scenario}?to=${encodeURIComponent(`/t/demo/${path}`)}`);
  await page.waitForURL(`**/t/demo/${path.split('?')[0] ?? ''}**`);
}

/** What WCAG 2.2 AA has against the page, in words. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // By the debugger's way in: the page's own policy would refuse a script of ours.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
    }
    const { axe: checker } = globalThis as unknown as { axe: { run: (where: Document, how: object) => Promise<Found> } };
    const found = await checker.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return found.violations.flatMap((each) => each.nodes.map((node) => `${each.id}: ${String(node.target[0])}: ${node.failureSummary ?? each.help}`));
  });
}

/** Fails a test whose page asked another origin, broke the policy, or threw. */
export const test = base.extend<{ clean: undefined }>({
  clean: [
    async ({ page, baseURL }, use) => {
      const troubles: string[] = [];
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(baseURL ?? '') && !url.startsWith('data:') && !url.startsWith('blob:')) troubles.push(`request to ${url}`);
      });
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) troubles.push(message.text());
      });
      page.on('pageerror', (error) => troubles.push(error.message));
      await use(undefined);
      expect(troubles).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
