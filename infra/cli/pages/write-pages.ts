import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { basketPage } from './basket-page.ts';
import { capabilitiesPage } from './capabilities-page.ts';
import { commandsPage, helpFile } from './commands-page.ts';
import { destinationsPage } from './destinations-page.ts';
import { functionsPage } from './functions-page.ts';
import { orderStatementPage } from './order-statement/statement-page.ts';
import { partnerSettingsPage } from './partner-settings-page.ts';
import { paymentMethodsPage } from './payment-methods-page.ts';
import { replenishmentExamplePage } from './replenishment-example/example-page.ts';
import { examplePicture } from './replenishment-example/picture.ts';
import { reportsPage } from './reports-page.ts';
import { restrictionsTables } from './restrictions-page.ts';
import { tariffsPage } from './tariffs-page.ts';
import { territoriesPage } from './territories-page.ts';

/** The computed files. `build` makes the program whose help is on them. */
export const pagesOf = (build: () => Command): Readonly<Record<string, () => string | Promise<string>>> => ({
  'docs/one-basket-five-countries.md': basketPage,
  'docs/order-statement.md': orderStatementPage,
  'docs/destinations.md': destinationsPage,
  'docs/functions.md': () => functionsPage(),
  'docs/capabilities.md': capabilitiesPage,
  'docs/restricted-goods.md': restrictedGoodsPage,
  'docs/tariffs.md': tariffsPage,
  'docs/territories.md': territoriesPage,
  'docs/partner-settings.md': partnerSettingsPage,
  'docs/payment-methods.md': paymentMethodsPage,
  'docs/replenishment-example.md': replenishmentExamplePage,
  'docs/pictures/replenishment-example.svg': examplePicture,
  'docs/reports.md': () => reportsPage(),
  'docs/commands.md': () => commandsPage(build()),
  'infra/cli/generated/help.json': () => helpFile(build()),
});

/** The existing page with newly written tables. */
function restrictedGoodsPage(): string {
  const page = readFileSync(new URL('../../../docs/restricted-goods.md', import.meta.url), 'utf8');
  return page.replace(
    /(<!-- restrictions -->\n)[\s\S]*?(\n<!-- \/restrictions -->)/,
    (_all, before: string, after: string) => `${before}${restrictionsTables()}${after}`,
  );
}

/** Writes every page. */
export async function writePages(build: () => Command, say: (line: string) => void): Promise<void> {
  for (const [file, page] of Object.entries(pagesOf(build))) {
    writeFileSync(new URL(`../../../${file}`, import.meta.url), await page());
    say(`written: ${file}`);
  }
}
