import { formatMoney, fromJson } from '../../../../shared/kernel/money.ts';
import type { ChannelPlan, WayCost } from '../../../../shared/replenishment/run/channels/channel-plan.ts';
import { wayText } from '../../../../shared/replenishment/run/channels/way-text.ts';
import { counted } from '../../files/problems.ts';
import { grouped, textTable } from '../../terminal/text-table.ts';

/** The ways of a product to a market as a person reads them: what a unit costs by each, and why. */
export function channelText(plan: ChannelPlan): string {
  const { market, units = 0, days = 0, ways = [], notPriced = [] } = plan;
  const head = `To ${market}, ${grouped(units)} units in ${counted(days, 'day')}: ${outcomeText(plan)}`;
  const right = (title: string) => ({ title, align: 'right' as const });
  const table = textTable(
    [{ title: 'way' }, ...['a unit', 'in all', 'duty', 'tax'].map(right)],
    ways.map((way) => [
      wayText(way),
      ...[way.perUnit, way.total, way.duty, way.tax].map((amount) => formatMoney(fromJson(amount))),
    ]),
  );
  const without = notPriced.map((way) => [wayText(way), `${way.reason}: ${way.detail}`]);
  return [
    head,
    ...(ways.length === 0 ? [] : ['', table]),
    ...(without.length === 0
      ? []
      : ['', textTable([{ title: 'way without a price' }, { title: 'because', width: 62 }], without)]),
    ...costTables(plan),
  ].join('\n');
}

function outcomeText({ outcome, why, detail, switch: proposed, today }: ChannelPlan): string {
  if (outcome === 'not-compared') return `not compared (${why}): ${detail}`;
  const now = today === undefined ? '' : wayText(today);
  if (proposed === undefined) return `${now} stays`;
  const { to, savingPermille, betterFrom, decideBy, lateDays, rules } = proposed;
  const saves = savingPermille === undefined ? '' : `, which saves ${savingPermille / 10} %`;
  const late = lateDays === 0 ? '' : `, ${counted(lateDays, 'day')} ago`;
  const law = rules.length === 0 ? '' : ` (what changes: ${rules.join(', ')})`;
  return `change from ${now} to ${wayText(to)}${saves}. Have moved by ${betterFrom}${law}, and decide by ${decideBy}${late}`;
}

/** The figures of today's way and of the best other one; of a later day if a switch is for that day. */
function costTables({ ways = [], switch: proposed }: ChannelPlan): string[] {
  const then =
    proposed === undefined ? ways : [...(proposed.from === undefined ? [] : [proposed.from]), proposed.to];
  return then.flatMap((way) => (way.reasons === undefined ? [] : ['', costTable(way)]));
}

const costTable = (way: WayCost): string =>
  textTable(
    [{ title: wayText(way) }, { title: 'is', align: 'right' }, { title: 'because', width: 62 }],
    (way.reasons ?? []).map(({ code, figure, formula }) => [
      code,
      typeof figure === 'number' ? String(figure) : formatMoney(fromJson(figure)),
      formula,
    ]),
  );
