import { formatMoney, fromJson, type MoneyJson } from '../../../kernel/money.ts';
import { type RiskStore, type SupplyRisk, settleRisks } from '../../inbound/supply-risks.ts';
import type { RunDeps, RunFiles } from '../ports.ts';
import { type ChannelPlan, channelPlanSchema } from './channel-plan.ts';
import { nameOfWay, wayText } from './way-text.ts';

export interface SwitchDeps extends Pick<RunDeps, 'runs' | 'clock'> {
  readonly files: Pick<RunFiles, 'read'>;
  readonly risks: Pick<RiskStore, 'open' | 'raise' | 'end'>;
}

/** A run reports the largest new ones, because a change of the law concerns many products at once. */
const MAX_NEW = 100;

/**
 * Brings the proposed switches of ways in line with the comparisons of a run: each is reported once, the
 * {@link MAX_NEW} with the largest savings a run, and the others by the runs to come. One that no comparison gives any
 * more ends by itself. A repeat changes nothing, unless there are more than that. Throws where the stores do.
 */
export async function settleSwitches(
  { runs, files, risks, clock }: SwitchDeps,
  folder: string,
): Promise<void> {
  const now = clock().toISOString();
  const known = new Set((await risks.open()).map(({ riskKey }) => riskKey));
  const holding: SupplyRisk[] = [];
  let largest: { readonly risk: SupplyRisk; readonly saving: number }[] = [];
  for (const { channelsKey } of await runs.batches(folder)) {
    const lines = channelsKey === undefined ? [] : await files.read(channelsKey);
    const found = lines.flatMap((line) => switchOf(channelPlanSchema.parse(line)));
    holding.push(...found.flatMap(({ risk }) => (known.has(risk.riskKey) ? [risk] : [])));
    const fresh = found.filter(({ risk }) => !known.has(risk.riskKey));
    largest = [...largest, ...fresh].toSorted((a, b) => b.saving - a.saving).slice(0, MAX_NEW);
  }
  const present = [...holding, ...largest.map(({ risk }) => risk)];
  await settleRisks({ risks }, present, ['channel-switch'], now);
}

/** The proposal of a comparison, with its saving in minor units of the product's own currency. */
function switchOf({ sku, market, outcome, today, switch: proposed }: ChannelPlan): {
  readonly risk: SupplyRisk;
  readonly saving: number;
}[] {
  if (outcome !== 'switch' || today === undefined || proposed === undefined) return [];
  const { to, from, saving, savingPermille, decideBy, betterFrom, rules } = proposed;
  const { supplierId, warehouseId } = to;
  const less = savingPermille === undefined ? '' : `, ${savingPermille / 10} % less`;
  const law = rules.length === 0 ? '' : `; what changes: ${rules.join(', ')}`;
  const before = from === undefined ? 'which has no price any more' : each(from);
  const detail = `${wayText(to)}, ${each(to)}, in the place of ${wayText(today)}, ${before}${less}${law}`;
  const risk: SupplyRisk = {
    riskKey: `channel-switch#${sku}#${market}#${nameOfWay(to).replaceAll(' ', '.')}`,
    ...{ kind: 'channel-switch', sku, market, supplierId, from: decideBy, betterFrom },
    ...(warehouseId === undefined ? {} : { warehouseId }),
    detail: detail.slice(0, 500),
  };
  return [{ risk, saving: saving?.amount ?? 0 }];
}

const each = ({ perUnit }: { readonly perUnit: MoneyJson }): string =>
  `${formatMoney(fromJson(perUnit))} a unit`;
