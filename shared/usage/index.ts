export { picoUsd } from './bill.ts';
export { type BilledMetric, billedMetrics, type StageNames } from './billed-metrics.ts';
export { prices, type UnitPrice } from './prices.ts';
export { type HourSum, type HourUsage, type Standing, usageOfHours } from './usage-of-hours.ts';
