import type { ClassificationPolicy } from '../../../../shared/duties/regime.ts';
import type { Country } from '../../../../shared/kernel/country.ts';
import { defined } from '../../../../shared/kernel/defined.ts';
import type { CheckedProduct } from '../../../../shared/quote/check/checked-product.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { operatorAt } from '../../client/operator-at.ts';
import type { Progress } from '../../terminal/progress.ts';
import type { CheckOptions } from './check-options.ts';
import { marketsOf } from './markets-of.ts';
import type { Check } from './print-check.ts';

interface Page {
  readonly date: string;
  readonly version: string;
  readonly policy: ClassificationPolicy;
  readonly products: readonly CheckedProduct[];
  readonly cursor?: string;
}

/** Asks a running backend how its rules, editions, rates and registrations price the products of its catalogue. */
export async function checkDeployment(options: CheckOptions, progress: Progress): Promise<Check> {
  const client = await operatorAt(options.backend);
  const markets = marketsOf(options.to);
  const step = progress.start('asking', markets.length, 'markets');
  const pages: Page[] = [];
  for (const market of markets) {
    pages.push(...(await pagesOf(client, market, options)));
    step.advance();
  }
  step.end();
  const { units, channel, freightPercent } = options;
  const [first] = pages;
  return {
    checked: pages.flatMap(({ products }) => products),
    terms: {
      ...{ date: first?.date ?? '', version: first?.version ?? '', policy: first?.policy ?? 'refuse' },
      ...{ units, channel, freightPercent, rates: `of ${options.backend.url}` },
    },
  };
}

async function pagesOf(client: ApiClient, country: Country, options: CheckOptions): Promise<Page[]> {
  const { units, channel, freightPercent, date, from, policy } = options;
  const asked = { country, units, channel, freight: freightPercent, ...defined({ date, from, policy }) };
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const query = Object.entries({ ...asked, ...defined({ cursor }) }).map(
      ([name, value]) => [name, String(value)] as [string, string],
    );
    const path = `/v1/admin/products/check?${new URLSearchParams(query)}`;
    const page: Page = await client.call({ method: 'GET', path });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}
