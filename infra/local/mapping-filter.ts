import { compilePattern } from './front/event-pattern.ts';

/** Whether a record passes the filters of an event source mapping. */
export type Filter = (record: object) => boolean;

/** Reads `FilterCriteria` of an event source mapping. A record passes when it matches at least one pattern. */
export function readFilter(criteria: unknown): Filter {
  const filters = (criteria as { Filters?: { Pattern?: string }[] } | undefined)?.Filters ?? [];
  const matchers = filters.map(({ Pattern }) => compilePattern(JSON.parse(Pattern ?? '{}')));
  if (matchers.length === 0) return () => true;
  return (record) => matchers.some((matches) => matches(record));
}
