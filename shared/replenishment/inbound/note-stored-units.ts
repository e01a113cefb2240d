import type { CatalogueStore } from '../../catalogue/index.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import { skuPlanSchema } from '../explain/sku-plan.ts';
import type { RunDeps, RunFiles } from '../run/ports.ts';
import type { RiskStore, StoredUnits } from './supply-risks.ts';

interface NotingDeps extends Pick<RunDeps, 'runs'> {
  readonly files: Pick<RunFiles, 'read'>;
  readonly catalogue: Pick<CatalogueStore, 'network'>;
  readonly risks: Pick<RiskStore, 'putStoredUnits'>;
}

/**
 * Notes how many units the run of a day counted in each warehouse whose storage has a limit, and how many of them a day
 * takes. A repeat notes the same. Throws where the stores do.
 */
export async function noteStoredUnits(deps: NotingDeps, day: CalendarDate): Promise<void> {
  const folder = (await deps.runs.load(day))?.folder;
  const { warehouses } = await deps.catalogue.network();
  const limited = warehouses.filter(({ receiving }) => receiving?.storageUnits !== undefined);
  if (folder === undefined || limited.length === 0) return;
  const found = new Map(limited.map(({ warehouseId }) => [warehouseId, { units: 0, perDay: 0 }]));
  for (const { plansKey } of await deps.runs.batches(folder))
    for (const line of await deps.files.read(plansKey)) {
      const { warehouseId, stock, forecast, stage } = skuPlanSchema.parse(line);
      const own = found.get(warehouseId);
      if (own === undefined || stock === undefined) continue;
      own.units += Math.max(0, stock.available) + stock.reserved + stock.quarantined;
      own.perDay += Math.max(0, (stage ?? forecast)?.perDay ?? 0);
    }
  const stored = [...found].map(
    ([warehouseId, { units, perDay }]): StoredUnits => ({
      ...{ warehouseId, units, day, perDayMilli: Math.round(perDay * 1_000) },
    }),
  );
  await deps.risks.putStoredUnits(stored);
}
