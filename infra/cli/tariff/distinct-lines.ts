import type { ScheduleLine } from '../../../shared/duties/schedules/schedule.ts';
import type { Unparsed } from './publishers/publisher.ts';

/**
 * The lines with one for each code and season. Where a publisher has two rates for one code on one day, the line has
 * none: it is not known which holds, and goods are refused.
 */
export function distinctLines(lines: readonly ScheduleLine[]): {
  readonly lines: readonly ScheduleLine[];
  readonly repeated: readonly Unparsed[];
} {
  const repeated: Unparsed[] = [];
  const alike = Map.groupBy(lines, ({ code, season }) => `${code} ${season?.from ?? ''}`);
  const distinct = [...alike.values()].flatMap((group): ScheduleLine[] => {
    const [first] = group;
    if (first === undefined) return [];
    const rates = new Set(group.map(({ rate }) => JSON.stringify(rate ?? null)));
    if (rates.size === 1) return [first];
    const text = [...new Set(group.map((line) => line.text))].join(' | ');
    repeated.push({ code: first.code, text, reason: 'two rates for one code' });
    return [{ ...first, text, rate: undefined }];
  });
  return { lines: distinct, repeated };
}
