import { accessibilityFindings, expect, open, test } from './fixtures';

/** Every page of the frame, with what is on it in trouble; the features' pages are added by their names. */
const PAGES = [
  'overview',
  'clusters',
  'clusters?row=aws-us-1',
  'clusters/aws-us-1',
  'clusters/aws-us-1?tab=services',
  'clusters/aws-us-1?tab=objects',
  'clusters/aws-us-1?tab=configuration',
  'clusters/aws-us-1?tab=agent',
  'clusters/onboard',
  'clusters/onboard?cluster=azure-new',
  'inventory/services',
  'inventory/services?q=nothing-has-this-name',
  'inventory/nodes',
  'inventory/gateways',
  'inventory/namespaces',
  'settings',
  'no-such-page',
  'global-namespaces',
  'global-namespaces/shop',
  'global-namespaces/create',
  'services',
  'services/shop/cart',
  'routes',
  'routes/shop/cart',
  'routes/create',
  'changes',
  'changes/3',
];

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });
    for (const path of PAGES) {
      test(`nothing against ${path}`, async ({ page }) => {
        await open(page, 'degraded', path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);

        expect(await accessibilityFindings(page)).toEqual([]);
      });
    }
  });
}
