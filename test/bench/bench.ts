type Bench = (print: (text: string) => void) => Promise<void>;

const parts: Readonly<Record<string, () => Promise<Bench>>> = {
  'landed-cost': async () => (await import('./landed-cost.ts')).benchLandedCost,
  plan: async () => (await import('./plan-search.ts')).benchPlanSearch,
  requests: async () => (await import('./requests.ts')).benchRequests,
  'flash-sale': async () => (await import('./flash-sale.ts')).benchFlashSale,
};

/**
 * Runs the named parts, or all. They measure the time, requests and money of a quote and an order. Throws an Error for
 * an unknown part.
 */
export async function benchQuote(named: readonly string[]): Promise<void> {
  for (const name of named.length === 0 ? Object.keys(parts) : named) {
    const bench = await parts[name]?.();
    if (bench === undefined) throw new Error(`no part is called ${name}: ${Object.keys(parts).join(', ')}`);
    console.log(`\n=== ${name}`);
    await bench((text) => console.log(text));
  }
}

/** Prints what a deployed stage costs in a month without orders. */
export async function benchIdleStages(): Promise<void> {
  await (await import('./idle.ts')).benchIdle((text) => console.log(text));
}

/** Prints how fast facts become tables, and how fast those are asked. */
export async function benchLakeTables(orders: number): Promise<void> {
  await (await import('./lake/bench-lake.ts')).benchLake(orders, (text) => console.log(text));
}

/** Prints how many SKU-sites are planned a second, the memory, and the time of linear programmes. */
export async function benchReplenishment(): Promise<void> {
  await (await import('./replenish/bench-forecast.ts')).benchForecast((text) => console.log(text));
  await (await import('./replenish/bench-run.ts')).benchRun((text) => console.log(text));
  await (await import('./replenish/bench-network.ts')).benchNetwork((text) => console.log(text));
  await (await import('./replenish/bench-policy.ts')).benchPolicy((text) => console.log(text));
}

/** Prints the units that each step of two orders writes and reads. */
export async function benchWrites(): Promise<void> {
  await (await import('./step-writes.ts')).benchStepWrites((text) => console.log(text));
}

/** Prints what two orders cost, unit by unit, and what a stage costs without orders. */
export async function benchOrderBill(): Promise<void> {
  await (await import('./order-bill.ts')).benchBill((text) => console.log(text));
}

/** Prints what webhooks of payments wait, what an order costs by its method, and the bundles of payment functions. */
export async function benchPayments(): Promise<void> {
  await (await import('./payment/bench-payment.ts')).benchPayment((text) => console.log(text));
}

/** Prints the share of usual consumer goods that is priced, by destination and value, and why others are refused. */
export async function benchPricedShare(options: {
  readonly date: string;
  readonly reasons: number;
}): Promise<void> {
  await (await import('./priced-share/bench-coverage.ts')).benchCoverage(options, (text) =>
    console.log(text),
  );
}

/** Prints the bytes and requests of the console's first pages, and when a list of many orders is there. */
export async function benchConsoleInBrowser(stored: number): Promise<void> {
  await (await import('./console.ts')).benchConsole(stored, (text) => console.log(text));
}
