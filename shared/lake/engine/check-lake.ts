import { type LakeCheck, lakeChecks } from '../checks.ts';
import type { Lake } from './open-lake.ts';

interface CheckResult extends Pick<LakeCheck, 'name' | 'says'> {
  /** How many orders, parcels or rows were looked at. */
  readonly checked: number;
  readonly wrong: number;
  /** The id of one that is wrong. */
  readonly example: string | null;
}

/** Runs every check. `onResult` is called after each. */
export async function checkLake(
  lake: Lake,
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, says, sql } of lakeChecks) {
    const [row = []] = (await lake.ask(sql)).rows;
    const [checked, wrong, example] = row;
    const result = {
      ...{ name, says, checked: Number(checked), wrong: Number(wrong) },
      example: typeof example === 'string' ? example : null,
    };
    results.push(result);
    onResult(result);
  }
  return results;
}
