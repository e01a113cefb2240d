import type { Page } from 'playwright-core';
import { DESKTOP } from './save-picture.ts';

export const TABLET = { width: 820, height: 1100 };

/** A page of the console of which a picture is taken. */
export interface ConsoleView {
  readonly file: string;
  readonly path: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly dark?: true;
  /** What is done on the page before the picture. */
  readonly act: (page: Page) => Promise<void>;
}

/** Opens a tab of the page. */
export const tab = (name: string) => async (page: Page) => {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tab', { name }).scrollIntoViewIfNeeded();
};

/** Goods, setup and reports. */
export const setupViews: readonly ConsoleView[] = [
  {
    ...{ file: 'console-markets.png', path: '/markets?country=US', size: DESKTOP },
    act: (page) => page.getByText('priced in US').waitFor(),
  },
  {
    ...{ file: 'console-product.png', path: '/products/MUG-CERAMIC-350', size: DESKTOP, dark: true },
    act: async (page) => {
      await page.getByRole('button', { name: 'Change' }).click();
      await page.getByLabel('Description').waitFor();
    },
  },
  {
    ...{ file: 'console-rate-card.png', path: '/warehouses/pl-poznan', size: TABLET },
    act: async (page) => {
      const card = page.getByRole('button', { name: /^CSV of / }).first();
      await card.waitFor();
      await card.scrollIntoViewIfNeeded();
    },
  },
];
