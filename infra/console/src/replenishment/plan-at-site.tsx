import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { money, words } from '../shell/words.ts';
import { UnitsChart } from '../stock/units-chart.tsx';
import { coverDays, demandOf, figureOf, projectionOf } from './projection.ts';
import { Reasons } from './reasons.tsx';
import { day, figure } from './words.ts';

type Plan = Schema<'SkuPlan'>;

/** What the last run found for a product at a warehouse: pictures first, then every figure with its reason. */
export function PlanAtSite({ plan, from }: { readonly plan: Plan; readonly from: string }) {
  return (
    <SpaceBetween size="m">
      {plan.outcome === 'not-planned' ? (
        <Alert type="warning" header={`Not planned: ${words(plan.why ?? 'unknown')}`}>
          {plan.detail ?? 'The run of the next day tries again.'}
        </Alert>
      ) : null}
      {plan.stop === undefined ? null : (
        <Alert type="warning" header={`Stop buying: ${words(plan.stop.reason)}`}>
          {plan.stop.detail}
        </Alert>
      )}
      <Summary plan={plan} />
      <Pictures plan={plan} from={from} />
      <ExpandableSection defaultExpanded headerText={`Why: the figures of ${plan.warehouseId}`}>
        <Reasons of={`${plan.sku} at ${plan.warehouseId}`} reasons={plan.reasons} />
      </ExpandableSection>
    </SpaceBetween>
  );
}

function Summary({ plan }: { readonly plan: Plan }) {
  const cover = coverDays(plan);
  const { forecast, stock } = plan;
  const error =
    forecast?.error === undefined ? '' : `, off by ${Math.round(forecast.error * 100)} % of the units before`;
  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: 'Result', value: resultOf(plan) },
        {
          label: 'Forecast',
          value:
            forecast === undefined
              ? 'None'
              : `${figure(forecast.perDay)} a day by ${words(forecast.method).toLowerCase()}${error}`,
        },
        { label: 'Days of cover', value: cover === undefined ? '–' : figure(cover) },
        {
          label: 'Runs out',
          value: plan.runsOutOn === undefined ? 'Not before the next arrival' : day(plan.runsOutOn),
        },
        {
          label: 'Next arrival',
          value: plan.nextArrivalOn === undefined ? 'Nothing is on its way' : day(plan.nextArrivalOn),
        },
        {
          label: 'Open orders',
          value: stock?.openOrderIds.length
            ? stock.openOrderIds.map((id) => (
                <div key={id}>
                  <PageLink to={`/replenishment/orders/${id}`}>{id}</PageLink>
                </div>
              ))
            : 'None',
        },
        { label: 'Class', value: plan.skuClass ?? '–' },
        {
          label: 'Sold in four weeks',
          value: plan.history === undefined ? '–' : plan.history.lastFourWeeks.toLocaleString(),
        },
      ]}
    />
  );
}

function resultOf({ outcome, units, cost, expectedOn }: Plan): string {
  if (outcome !== 'proposed') return words(outcome);
  const price = cost === undefined ? '' : ` for ${money(cost)}`;
  return `Order ${(units ?? 0).toLocaleString()}${price}${expectedOn === undefined ? '' : `, expected ${day(expectedOn)}`}`;
}

function Pictures({ plan, from }: { readonly plan: Plan; readonly from: string }) {
  const stock = projectionOf(plan, from);
  const demand = demandOf(plan, from);
  const reorder = figureOf(plan, 'reorder-point');
  const level = figureOf(plan, 'service-level');
  const at = (text: string) => new Date(`${text}T00:00:00`);
  if (stock.length === 0) return <Box color="text-body-secondary">No picture without a forecast.</Box>;
  return (
    <ColumnLayout columns={2} minColumnWidth={320}>
      <div>
        <Box variant="h4">Stock, if this is ordered</Box>
        <UnitsChart
          title={`Projected stock of ${plan.sku} at ${plan.warehouseId}`}
          xTitle="Day of the run and after"
          nothing="No forecast"
          series={[
            {
              ...{ title: 'Expected', type: 'line' },
              data: stock.map((each) => ({ x: at(each.day), y: each.expected })),
            },
            {
              ...{ title: 'With the safety stock used up', type: 'line' },
              data: stock.map((each) => ({ x: at(each.day), y: each.low })),
            },
            ...(reorder === undefined
              ? []
              : [{ title: 'Reorder point', type: 'threshold', y: reorder } as const]),
          ]}
        />
      </div>
      <div>
        <Box variant="h4">Demand, summed up over the days at risk</Box>
        <UnitsChart
          title={`Forecast of demand for ${plan.sku} at ${plan.warehouseId}`}
          xTitle="Day of the run and after"
          nothing="No forecast"
          series={[
            {
              ...{ title: 'Expected', type: 'line' },
              data: demand.map((each) => ({ x: at(each.day), y: each.expected })),
            },
            {
              title: level === undefined ? 'At most' : `At most, in ${figure(level * 100)} of 100 cases`,
              type: 'line',
              data: demand.map((each) => ({ x: at(each.day), y: each.high })),
            },
          ]}
        />
      </div>
    </ColumnLayout>
  );
}
