/** The list price of one billable unit. */
export interface UnitPrice {
  /** The price of `per` units, in millionths of a US dollar. */
  readonly microUsd: number;
  readonly per: number;
  /** The name of the unit on the bill. */
  readonly label: string;
}

/** What costs a month is billed by the hour. A month has 30 days here. */
const MONTH_HOURS = 30 * 24;

/**
 * AWS list prices in us-east-1 as published in August 2025, from the pricing page of each service on aws.amazon.com:
 * the price of the first tier, without the free tier. Other regions have other prices.
 */
export const prices = {
  'cloudwatch.alarmHours': { microUsd: 100_000, per: MONTH_HOURS, label: 'CloudWatch alarms, hours' },
  'cloudwatch.dashboardHours': {
    microUsd: 3_000_000,
    per: MONTH_HOURS,
    label: 'CloudWatch dashboards, hours',
  },
  'dynamodb.readUnits': { microUsd: 125_000, per: 1_000_000, label: 'DynamoDB on-demand read request units' },
  'dynamodb.writeUnits': {
    microUsd: 625_000,
    per: 1_000_000,
    label: 'DynamoDB on-demand write request units',
  },
  'events.put': { microUsd: 1_000_000, per: 1_000_000, label: 'EventBridge custom events, per 64 KB' },
  'firehose.bytes': {
    microUsd: 29_000,
    per: 1_073_741_824,
    label: 'Data Firehose, bytes in steps of 5 KB a record',
  },
  'httpApi.requests': { microUsd: 1_000_000, per: 1_000_000, label: 'HTTP API requests, per 512 KB' },
  'kms.keyHours': { microUsd: 1_000_000, per: MONTH_HOURS, label: 'KMS keys of our own, hours' },
  'kms.requests': { microUsd: 30_000, per: 10_000, label: 'KMS requests' },
  // 13.3334 millionths of a dollar per GB-second on arm64; a GB-second is 1,024 MB times 1,000 ms.
  'lambda.mbMs': {
    microUsd: 133_334,
    per: 10_000 * 1_024_000,
    label: 'Lambda arm64 duration, MB-milliseconds',
  },
  'lambda.requests': { microUsd: 200_000, per: 1_000_000, label: 'Lambda requests' },
  'logs.bytes': { microUsd: 500_000, per: 1_073_741_824, label: 'CloudWatch Logs ingested, bytes' },
  's3.puts': { microUsd: 5_000_000, per: 1_000_000, label: 'S3 PUT requests' },
  'scheduler.invocations': {
    microUsd: 1_000_000,
    per: 1_000_000,
    label: 'EventBridge Scheduler invocations',
  },
  'secrets.get': { microUsd: 50_000, per: 10_000, label: 'Secrets Manager API calls' },
  'secrets.hours': { microUsd: 400_000, per: MONTH_HOURS, label: 'Secrets, hours' },
  'sqs.requests': { microUsd: 400_000, per: 1_000_000, label: 'SQS requests, per 64 KB' },
} as const satisfies Record<string, UnitPrice>;

/** A unit that has a price. */
export type BilledUnit = keyof typeof prices;

/**
 * The same prices with provisioned capacity of the table that is used to 70 percent, as published in August 2025: a
 * write unit a second costs 0.00065 US dollars an hour, and a read unit a second 0.00013. An hour of one unit a second
 * is then 2,520 units of work.
 */
export const provisionedPrices = {
  ...prices,
  'dynamodb.readUnits': { microUsd: 130, per: 2_520, label: 'DynamoDB provisioned read units at 70 % use' },
  'dynamodb.writeUnits': { microUsd: 650, per: 2_520, label: 'DynamoDB provisioned write units at 70 % use' },
} as const satisfies Record<string, UnitPrice>;
