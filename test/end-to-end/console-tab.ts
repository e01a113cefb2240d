import type { Page } from 'playwright-core';

/** Opens a page of the console as a person whom the local issuer signs in. */
export async function openConsole(
  page: Page,
  { url, person, path }: { readonly url: string; readonly person: string; readonly path: string },
): Promise<void> {
  await page.goto(`${url}/console${path}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: `Sign in as ${person}` }).click();
  await page.waitForURL(`**/console${path}`);
}
