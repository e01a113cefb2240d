import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../cloud-parts.ts';
import { ofType } from '../front/resource-reading.ts';
import type { Observe } from './metrics.ts';
import type { MetricFilter } from './read-metric-filters.ts';

interface Followed {
  readonly file: string;
  readonly filters: readonly MetricFilter[];
  readBytes: number;
  /** The beginning of a line whose end was not written yet. */
  rest: string;
}

/**
 * Gives a function that applies the metric filters to the lines that functions wrote since its last call. Lines of
 * earlier starts are not counted. A line is counted at its own time.
 */
export function followLogs(
  resources: readonly Resource[],
  filters: readonly MetricFilter[],
  { logDir, observe }: { readonly logDir: string; readonly observe: Observe },
): () => void {
  const followed = ofType(resources, 'AWS::Lambda::Function').flatMap(({ ref, properties }): Followed[] => {
    const { LogGroup } = (properties.LoggingConfig ?? {}) as { readonly LogGroup?: string };
    const group = LogGroup ?? `/aws/lambda/${ref}`;
    const own = filters.filter(({ logGroup }) => logGroup === group);
    const file = join(logDir, `${ref}.log`);
    return own.length === 0 ? [] : [{ file, filters: own, readBytes: sizeOf(file), rest: '' }];
  });
  return () => {
    for (const each of followed) for (const line of newLines(each)) count(line, each.filters, observe);
  };
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

function newLines(followed: Followed): string[] {
  if (sizeOf(followed.file) <= followed.readBytes) return [];
  const lines = (followed.rest + readOn(followed)).split('\n');
  followed.rest = lines.pop() ?? '';
  return lines;
}

function readOn(followed: Followed): string {
  const descriptor = openSync(followed.file, 'r');
  try {
    const bytes = Buffer.alloc(fstatSync(descriptor).size - followed.readBytes);
    const count = readSync(descriptor, bytes, 0, bytes.length, followed.readBytes);
    followed.readBytes += count;
    return bytes.toString('utf8', 0, count);
  } finally {
    closeSync(descriptor);
  }
}

function count(text: string, filters: readonly MetricFilter[], observe: Observe): void {
  const line = asJson(text);
  if (line === undefined) return;
  const atMs = Date.parse(line.timestamp ?? line.time ?? '');
  for (const { matches, metric, value } of filters) {
    if (matches(line)) observe(metric, value, Number.isNaN(atMs) ? undefined : atMs);
  }
}

interface Line {
  readonly timestamp?: string;
  readonly time?: string;
}

/** A line that is not a JSON object matches no pattern for JSON. */
function asJson(text: string): Line | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
