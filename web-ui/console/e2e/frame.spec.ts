import { accessibilityFindings, expect, open, test } from './fixtures';

test('what is typed into a list is in the address, and a reload shows the same rows', async ({ page }) => {
  await open(page, 'many', 'inventory/services');
  await page.getByRole('textbox', { name: 'Find by name' }).fill('service-0007');
  await expect(page).toHaveURL(/q=service-0007/);
  await expect(page.locator('tbody tr')).toHaveCount(14);

  await page.reload();

  await expect(page.getByRole('textbox', { name: 'Find by name' })).toHaveValue('service-0007');
  await expect(page.locator('tbody tr')).toHaveCount(14);
});

test('ten thousand services are paged forth and back, and the back button knows the pages', async ({ page }) => {
  await open(page, 'many', 'inventory/services');
  await expect(page.getByText('1–20 of 10,010').first()).toBeVisible();
  await page.getByRole('button', { name: 'Next page' }).first().click();
  await expect(page.getByText('21–40 of 10,010').first()).toBeVisible();
  await page.getByRole('button', { name: 'Next page' }).first().click();
  await expect(page.getByText('41–60 of 10,010').first()).toBeVisible();
  await page.getByRole('button', { name: 'Previous page' }).first().click();
  await expect(page.getByText('21–40 of 10,010').first()).toBeVisible();

  await page.goBack();

  await expect(page.getByText('41–60 of 10,010').first()).toBeVisible();
});

test('a summary opens by keyboard, is in the address, and closes', async ({ page }) => {
  await open(page, 'small', 'clusters');
  await page.locator('tbody tr').first().focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/row=aws-eu-1/);
  await expect(page.getByRole('heading', { name: 'aws-eu-1', level: 2 })).toBeVisible();

  await page.getByRole('button', { name: 'Close drawer panel' }).click();

  await expect(page).not.toHaveURL(/row=/);
});

test('everything is found by Ctrl-K and opened without the mouse', async ({ page }) => {
  await open(page, 'small', 'overview');
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('gcp-eu-1');
  await expect(page.getByRole('option').first()).toContainText('gcp-eu-1');
  expect(await accessibilityFindings(page)).toEqual([]);

  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/t\/demo\/clusters\/gcp-eu-1/);
});

test('shortcuts go to pages, are listed by ?, and are off while typing', async ({ page }) => {
  await open(page, 'small', 'overview');
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/\/t\/demo\/clusters$/);

  await page.keyboard.press('/');
  await page.keyboard.type('go?');

  await expect(page.getByRole('textbox', { name: 'Find by name' })).toHaveValue('go?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a session that ends keeps what was typed, and another log-in goes on with it', async ({ page, context }) => {
  await open(page, 'small', 'clusters/onboard');
  await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('half-typed');
  await page.request.post('/mock/expire');
  await page.getByRole('button', { name: 'Add it and make a token' }).click();
  await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible();

  const popup = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Log in in a new window' }).click();
  await popup;

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Name', exact: false }).first()).toHaveValue('half-typed');
  await page.getByRole('button', { name: 'Add it and make a token' }).click();
  await expect(page).toHaveURL(/cluster=half-typed/);
});

test('a draft is there again after a log-in on the same page', async ({ page }) => {
  await open(page, 'small', 'clusters/onboard');
  await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('half-typed');
  await page.request.post('/mock/expire');
  await page.getByRole('button', { name: 'Add it and make a token' }).click();

  await page.getByRole('button', { name: 'Log in on this page' }).click();

  await expect(page.getByRole('textbox', { name: 'Name', exact: false }).first()).toHaveValue('half-typed');
});

test('a cluster joins before the eyes, and leaving with an unused token asks', async ({ page }) => {
  await open(page, 'empty', 'overview');
  await page.getByRole('link', { name: 'Onboard a cluster' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('edge-1');
  await page.getByRole('button', { name: 'Add it and make a token' }).click();
  await expect(page.getByRole('textbox', { name: 'The command for kubectl' }).or(page.getByText('kubectl apply -f weft-agent-edge-1.yaml'))).toBeVisible();
  await page.getByRole('link', { name: 'Clusters', exact: true }).first().click();
  await expect(page.getByRole('dialog', { name: 'The token is shown only here' })).toBeVisible();
  await page.getByRole('button', { name: 'Stay' }).click();

  await expect(page.getByText('edge-1 is ready.')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'Open the cluster' }).click();
  await expect(page.getByRole('heading', { name: 'edge-1', level: 1 })).toBeVisible();
});

test('who may only read sees the controls, disabled, with the reason', async ({ page }) => {
  await open(page, 'no-permission', 'clusters');
  const onboard = page.getByRole('button', { name: 'Onboard a cluster' });
  await expect(onboard).toHaveAttribute('aria-disabled', 'true');

  await onboard.hover();

  await expect(page.getByRole('tooltip')).toContainText('operator, editor or admin');
});

test('a hub that goes away leaves the data on the screen, and is noticed when it is back', async ({ page }) => {
  await open(page, 'small', 'clusters');
  await expect(page.getByRole('link', { name: 'aws-eu-1' })).toBeVisible();
  await page.request.post('/mock/hub?down=true');
  await expect(page.getByRole('button', { name: /Live updates: Interrupted/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'aws-eu-1' })).toBeVisible();

  await page.request.post('/mock/hub?down=false');

  await expect(page.getByRole('button', { name: /Live updates: Live/ })).toBeVisible({ timeout: 20_000 });
});

test('rows that come do not move the others until they are asked for', async ({ page }) => {
  await open(page, 'small', 'clusters');
  await expect(page.locator('tbody tr')).toHaveCount(3);
  await page.request.put('/api/v1/tenants/demo/clusters/aaa-new', { headers: { 'X-CSRF-TOKEN': 'mock-csrf' }, data: { spec: {} } });
  const show = page.getByRole('button', { name: '1 change – show' });
  await expect(show).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(3);

  await show.click();

  await expect(page.locator('tbody tr').first()).toContainText('aaa-new');
});

test('text from clusters stays text', async ({ page }) => {
  await open(page, 'degraded', 'clusters');

  await expect(page.getByText('<b>Not bold</b>')).toBeVisible();
  await open(page, 'degraded', 'clusters/aws-us-1');
  await expect(page.getByText('admission webhook denied the request: <b>no</b>').first()).toBeVisible();
});

test('a cluster is deleted only with its name typed', async ({ page }) => {
  await open(page, 'small', 'clusters/gcp-eu-1');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const button = page.getByRole('dialog').getByRole('button', { name: 'Delete' });
  await expect(button).toBeDisabled();
  await page.getByRole('textbox', { name: /Type gcp-eu-1/ }).fill('gcp-eu-1');
  expect(await accessibilityFindings(page)).toEqual([]);

  await button.click();

  await expect(page).toHaveURL(/\/clusters$/);
  await expect(page.getByRole('link', { name: 'aws-eu-1' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'gcp-eu-1' })).toHaveCount(0);
});
