import { formatMoney, fromJson, subtract, times } from '../../../../shared/kernel/money.ts';
import type { ChannelsOnDay } from '../../../../shared/replenishment/network/channel/choose-channel.ts';
import { unitPriceOf } from '../../../../shared/replenishment/purchasing/supplier.ts';
import { siteText } from '../../replenish/explain/explained-text.ts';
import { type BoughtExample, buyExample } from './buy-example.ts';
import { channelExample, MARGIN } from './channel-example.ts';
import { type LimitsExample, limitsExample } from './limits-example.ts';
import { type ExamplePlan, planExample } from './plan-example.ts';
import { exampleSales, MOVED_WEEKS } from './read-sales.ts';
import {
  BUDGET,
  byParcel,
  DAY,
  ELSEWHERE,
  IDLE_UNITS,
  inBulk,
  SALE_PRICE,
  SITE,
  SKU,
  supplier,
  UNITS_PER_PARCEL,
} from './terms.ts';

/** The page that follows one product from its sales to the shelf. Every figure comes from the code that it names. */
export async function replenishmentExamplePage(): Promise<string> {
  const planned = planExample();
  const bought = buyExample(planned.plan);
  return [
    '# One product, from its sales to the shelf',
    '',
    ...introduction(),
    ...salesSection(planned),
    ...planSection(planned),
    ...orderSection(bought),
    ...receiptSection(bought),
    ...limitsSection(await limitsExample()),
    ...channelSection(planned),
  ].join('\n');
}

const fence = (text: string, kind = ''): string[] => [`\`\`\`${kind}`, text.trimEnd(), '```', ''];

const introduction = (): string[] => [
  'This page follows one product through all of replenishment. `npm run pages` writes it: every figure is computed by the functions that a run and its routes call, and a test fails when the page and the code differ. [Replenishment](replenishment.md) explains the rules.',
  '',
  `The sales are real: article ${SKU}, *round snack boxes, set of 4*, as a British retailer sold it to the European Union from December 2010 to April 2011 (Daqing Chen, Online Retail, UCI Machine Learning Repository, doi 10.24432/C5BW33, CC BY 4.0). The days are moved by ${MOVED_WEEKS} weeks, so that they end before a rule that changes in 2026, and Mondays stay Mondays. The supplier, prices in euros, freight and stock are made up.`,
  '',
  `It is Monday, ${DAY}. The shop sends each order as a parcel from China, and asks whether it should keep stock in Poland (\`${SITE}\`). Nothing is there yet.`,
  '',
];

function salesSection({ history, weeks }: ExamplePlan): string[] {
  const orders = new Set(exampleSales().map(({ order }) => order));
  const all = exampleSales().reduce((sum, { units }) => sum + units, 0);
  const kept = all - history.bulkUnits;
  return [
    '## 1. Sales',
    '',
    `${orders.size} orders took ${all} units. ${history.bulkUnits} units are in one-off bulk orders: shops that bought once for their own shelves. They say nothing of next week, so that the forecast reads the other ${kept}. [demand/](../shared/replenishment/demand/)`,
    '',
    'Units of whole weeks, without the bulk orders:',
    '',
    '| week from | units | week from | units | week from | units |',
    '|---|--:|---|--:|---|--:|',
    ...weekRows(weeks),
    '',
    '![Units a week: sold, and forecast for four weeks](pictures/replenishment-example.svg)',
    '',
  ];
}

/** Three weeks side by side. */
function weekRows(weeks: ExamplePlan['weeks']): string[] {
  const height = Math.ceil(weeks.length / 3);
  return Array.from({ length: height }, (_, row) => {
    const cells = [0, 1, 2].map((column) => weeks[column * height + row]);
    return `| ${cells.map((week) => (week === undefined ? ' | ' : `${week.from} | ${week.units}`)).join(' | ')} |`;
  });
}

function planSection({ forecast, plan }: ExamplePlan): string[] {
  const total = forecast.totals?.at(-1);
  const figure = (code: string) => plan.reasons.find((reason) => reason.code === code)?.figure;
  const rounded = (value: number | undefined) => (value === undefined ? '' : value.toFixed(1));
  return [
    '## 2. Forecast, safety stock, reorder point, order',
    '',
    `The forecast is ${plan.forecast?.perDay} units a day. Demand of 28 days is ${rounded(total?.quantiles['0.5'])} units or less in half of all cases, and ${rounded(total?.quantiles['0.95'])} or less in 95 of 100. One product alone says little of its own spread. A run of a whole shop learns it from all products.`,
    '',
    '`entrepot replenish explain` prints the plan of a product in this form:',
    '',
    ...fence(siteText(plan, DAY)),
    'Read it from above:',
    '',
    `- **The days at risk** are the lead time and the days until the next order may be made: ${String(figure('risk-days'))}. What is ordered today has to last until the order after it is there.`,
    `- **The reorder point** is the forecast of these days and the safety stock: ${String(figure('reorder-point'))} units. The position is below it, so an order is due.`,
    `- **The order** is more than the need of ${String(figure('need'))}: an order costs 10.00 EUR whatever its size, and from 480 units on a box is 0.06 EUR cheaper. It is whole cases of 24.`,
    '',
  ];
}

function orderSection({ facts, approvalReasons, xml, end }: BoughtExample): string[] {
  return [
    '## 3. Approval and purchase order',
    '',
    `The run proposes the order \`${end.replenishmentOrderId}\`. Its id follows from the run, so a run that is repeated makes no second order. The person who approves it sees the total, ${end.total === undefined ? '' : formatMoney(fromJson(end.total))}, and these reasons:`,
    '',
    ...fence(approvalReasons.join('\n')),
    'The supplier gets it as UBL 2.1:',
    '',
    ...fence(xml, 'xml'),
    'The facts of the order, until its delivery is counted:',
    '',
    '| at (UTC) | fact | by |',
    '|---|---|---|',
    ...facts.map(
      ({ name, data }) => `| ${data.at.slice(0, 16).replace('T', ' ')} | \`${name}\` | ${data.by} |`,
    ),
    '',
  ];
}

function receiptSection({ notice, bulkEntry, receipt, effects, end }: BoughtExample): string[] {
  const [entry] = bulkEntry;
  const [line] = receipt.lines;
  const [cost] = effects.costs;
  const [movement] = effects.movements;
  const open = end.lines.reduce((sum, each) => sum + each.open, 0);
  const text = (amount: Parameters<typeof fromJson>[0] | undefined) =>
    amount === undefined ? '' : formatMoney(fromJson(amount));
  if (entry === undefined || line === undefined || cost === undefined || movement === undefined)
    throw new Error('the example has a delivery');
  return [
    '## 4. Delivery and shelf',
    '',
    `The supplier announces ${entry.units} units by rail. The freight is ${text(notice.freight)}. The answer has the figures of the customs entry: code ${entry.hsCode} from ${entry.originCountry}, ${entry.netWeightGrams / 1_000} kg, ${text(entry.value)} paid, ${text(entry.freight)} of freight.`,
    '',
    `At the dock ${line.received} good units are counted, ${line.short} are missing and ${line.damaged} are broken: ${line.received} + ${line.short} + ${line.damaged} = ${entry.units}. In one transaction:`,
    '',
    `- ${movement.movement.quantity} units become stock at \`${SITE}\`, and can be sold.`,
    `- A unit costs ${text(cost.purchase)} and ${text(cost.firstLeg)} of freight from ${cost.validFrom} on: the freight is spread over the good units.`,
    `- The supplier's score takes the delivery: ${effects.outcome?.delivery.daysLate} days late, ${effects.outcome?.delivery.short} short, ${effects.outcome?.delivery.damaged} damaged.`,
    `- ${open} units of the order are open, until the supplier sends them or a person closes the order. The next run counts them, and does not order them again.`,
    '',
  ];
}

function limitsSection({ plan, limited }: LimitsExample): string[] {
  const [need] = limited.needs;
  const [move] = plan.transfers ?? [];
  const [cut] = need?.cut ?? [];
  const [bought] = plan.from ?? [];
  if (need === undefined || move === undefined || cut === undefined || bought === undefined)
    throw new Error('the example moves units, and a budget cuts the rest');
  const margin = subtract(SALE_PRICE, fromJson(bought.unitPrice));
  const moveCost = fromJson(move.unitCost);
  const price = (units: number) => {
    const [offer] = supplier.offers;
    if (offer === undefined) throw new Error('the supplier offers the product');
    return formatMoney(times(fromJson(unitPriceOf(offer, units)), units));
  };
  const position = plan.reasons.find(({ code }) => code === 'position')?.figure;
  const [last, next] = [chanceOf(need, move.units), chanceOf(need, move.units + 1)];
  const worth = (moveCost.amountMinor / margin.amountMinor).toFixed(2);
  return [
    '## 5. Stock elsewhere, and a budget',
    '',
    `The plan of the same day once more, with two changes. ${IDLE_UNITS} units lie at \`${ELSEWHERE}\`, where nobody buys them, and \`transferLanes\` of the settings has the way to Poland. And \`budget\` of the settings lets the purchases of the week cost ${formatMoney(BUDGET.limit)}. The order then has these reasons:`,
    '',
    ...fence(need.reasons.join('\n')),
    `- **Moved.** ${move.units} units come from \`${move.fromWarehouseId}\`, until ${move.expectedOn}. The move of a unit costs ${formatMoney(moveCost)}: freight, handling and duty. A unit that is sold brings ${formatMoney(margin)}, so that it moves if the probability of its sale before the next order is ${worth} or more. That of unit ${move.units} is ${last}, and that of unit ${move.units + 1} is ${next}. So ${IDLE_UNITS - move.units} units stay.`,
    `- **Bought.** What is moved is in the position: ${String(position)} units. The need is smaller, and ${cut.wanted} units are still the cheapest order.`,
    `- **Cut.** ${cut.wanted} units cost ${price(cut.wanted)}, which is above the budget. Below 480 units a box costs 0.06 EUR more: ${cut.units} units cost ${price(cut.units)}, and a case more would cost ${price(cut.units + 24)}. So ${cut.units} units are ordered, and the run names it: \`${limited.problems[0]?.code}\`. The next run asks for the rest again.`,
    '',
  ];
}

/** The probability that a unit, counted from the first one that comes, is sold before the next order. */
function chanceOf({ chances }: LimitsExample['limited']['needs'][number], unit: number): number {
  let counted = 0;
  for (const { units, probability } of chances) {
    counted += units;
    if (unit <= counted) return probability;
  }
  return 0;
}

function channelSection({ plan }: ExamplePlan): string[] {
  const { before, after, choice } = channelExample(plan);
  const saved = choice.from === undefined ? 0 : choice.from.total.amountMinor - choice.to.total.amountMinor;
  const share = choice.from === undefined ? 0 : (100 * saved) / choice.from.total.amountMinor;
  const row = (day: ChannelsOnDay) => {
    const of = (optionId: string) => day.costs.find(({ option }) => option.optionId === optionId);
    const [parcel, bulk] = [of(byParcel.optionId), of(inBulk.optionId)];
    const text = (cost: typeof parcel) =>
      cost === undefined ? '' : `${formatMoney(cost.total)} | ${formatMoney(cost.perUnit)}`;
    return `| ${day.date} | ${text(parcel)} | ${text(bulk)} | ${day.costs[0]?.option.optionId} |`;
  };
  const lines = (day: ChannelsOnDay, optionId: string) =>
    (day.costs.find(({ option }) => option.optionId === optionId)?.reasons ?? []).map(({ value, formula }) =>
      // A formula of a charge has its own amounts.
      typeof value === 'number' || formula.includes(' = ') ? formula : `${formatMoney(value)} = ${formula}`,
    );
  return [
    '## 6. Why Poland, and by when',
    '',
    `Until 2026-06-30 a parcel of up to EUR 150 enters the Union without duty. From 2026-07-01 on it bears EUR 3 for each item (Regulation (EU) 2026/382, Article 2; rule \`eu-flat-duty\`). For ${plan.units} units to shoppers in Germany, ${UNITS_PER_PARCEL} in a parcel at ${formatMoney(SALE_PRICE)} each, tax included:`,
    '',
    '| day | by parcel from China | a unit | from stock in Poland | a unit | cheaper |',
    '|---|--:|--:|--:|--:|---|',
    row(before),
    row(after),
    '',
    `The other way has to save more than ${100 * MARGIN} %. It saves ${share.toFixed(1)} % from ${choice.betterFrom} on. Stock needs ${inBulk.leadTimeDays} days, so the decision is due by **${choice.decideBy}**, two days from now. The order above arrives on ${plan.expectedOn}, before the rule.`,
    '',
    'What a parcel costs on 2026-07-01:',
    '',
    ...fence(lines(after, byParcel.optionId).join('\n')),
    'What the stock costs. The import tax is recovered and is in no sum:',
    '',
    ...fence(lines(after, inBulk.optionId).join('\n')),
  ]
    .join('\n')
    .split('\n');
}
