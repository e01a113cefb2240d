import { dirname } from 'node:path';
import { createProgress } from '../../infra/cli/terminal/progress.ts';
import { say } from '../../infra/cli/terminal/say.ts';
import { textTable } from '../../infra/cli/terminal/text-table.ts';
import { listenForInterruption } from '../../infra/cli/terminal/until-interrupted.ts';
import { allMutants } from './all-mutants.ts';
import { type Mutant, occurrencesOf } from './mutant.ts';
import { runTests, type TestRun } from './run-tests.ts';
import { createWorkingCopy, type WorkingCopy } from './working-copy.ts';

export interface MutationOptions {
  /** Only mutants whose id, file or harm contains this text. */
  readonly only?: string | undefined;
  /** The first of these parts is 1. */
  readonly shard: { readonly part: number; readonly of: number };
  /** How many mutants are tried at the same time, each in a copy of its own. */
  readonly jobs: number;
}

type Verdict = 'killed' | 'survived' | 'broken' | 'stale' | 'equivalent';

interface Tried {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** The share of the mutants that tests have to notice. */
const MIN_PERCENT = 95;

/**
 * Puts each fault of the list into a copy of the project and runs the tests that should fail. Prints a table by folder,
 * also after Ctrl-C. Gives whether enough faults were noticed and every row of the list could be tried. Throws an Error
 * where no mutant is chosen, or a test fails without a fault.
 */
export async function runMutations(options: MutationOptions): Promise<boolean> {
  const chosen = choose(options);
  const interruption = listenForInterruption();
  const copies = await Promise.all(Array.from({ length: options.jobs }, () => createWorkingCopy('.')));
  const tried: Tried[] = [];
  try {
    await interruption.race(tryAll(chosen, copies, { tried, signal: interruption.signal }));
  } finally {
    await Promise.all(copies.map((copy) => copy.remove()));
    if (tried.length > 0) report(tried);
  }
  return isEnough(tried);
}

function choose({ only, shard }: MutationOptions): Mutant[] {
  const holds = (text: string) => only === undefined || text.includes(only);
  const chosen = allMutants
    .filter(({ id, file, harm }) => [id, file, harm].some(holds))
    .filter((_, index) => index % shard.of === shard.part - 1);
  if (chosen.length === 0) throw new Error('no mutant of the list is chosen');
  return chosen;
}

async function tryAll(
  chosen: readonly Mutant[],
  copies: readonly WorkingCopy[],
  { tried, signal }: { readonly tried: Tried[]; readonly signal: AbortSignal },
): Promise<void> {
  const [first] = copies;
  if (first === undefined) throw new Error('there has to be at least one job');
  const progress = createProgress(process.stdout);
  await assertPassing(chosen, first, signal);
  const step = progress.start('mutants', chosen.length, 'tried');
  const queue = [...chosen];
  const work = async (copy: WorkingCopy) => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const result = await tryOne(mutant, copy, signal);
      tried.push(result);
      step.advance();
      if (isToBeSaid(result)) progress.say(`${result.verdict}: ${mutant.id}. ${result.reason}`);
    }
  };
  await Promise.all(copies.map(work));
  step.end();
}

const isToBeSaid = ({ verdict }: Tried) => verdict !== 'killed' && verdict !== 'equivalent';

/** A test that fails without a fault would fail with every fault. */
async function assertPassing(
  chosen: readonly Mutant[],
  copy: WorkingCopy,
  signal: AbortSignal,
): Promise<void> {
  const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests))];
  say(`${chosen.length} mutants, ${tests.length} test files. First the tests without a fault.`);
  const { outcome, reason } = await runTests(copy.folder, tests, signal);
  if (outcome !== 'passed') throw new Error(`a test fails without a fault: ${reason}`);
}

async function tryOne(mutant: Mutant, copy: WorkingCopy, signal: AbortSignal): Promise<Tried> {
  if (mutant.equivalent !== undefined) return { mutant, verdict: 'equivalent', reason: mutant.equivalent };
  const text = await copy.read(mutant.file);
  if (occurrencesOf(mutant, text ?? '') !== 1)
    return { mutant, verdict: 'stale', reason: `its text does not occur exactly once in ${mutant.file}` };
  const run = await copy.during(mutant, () => runInTurn(copy.folder, mutant.tests, signal));
  const verdicts = { failed: 'killed', passed: 'survived', broken: 'broken' } as const;
  const verdict = verdicts[run.outcome];
  return { mutant, verdict, reason: verdict === 'survived' ? mutant.harm : run.reason };
}

/** Runs the files one by one, because the first of them is the most likely to fail. */
async function runInTurn(folder: string, tests: readonly string[], signal: AbortSignal): Promise<TestRun> {
  let run: TestRun = { outcome: 'broken', reason: 'it names no tests' };
  for (const file of tests) {
    run = await runTests(folder, [file], signal);
    if (run.outcome !== 'passed') break;
  }
  return run;
}

/** Prints the result. The last three lines have a fixed form, for programs that read them. */
function report(tried: readonly Tried[]): void {
  const folders = Map.groupBy(tried, ({ mutant }) => dirname(mutant.file));
  const rows = [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
  say('');
  say(
    textTable(
      [{ title: 'folder' }, ...columns.map(({ title }) => ({ title, align: 'right' as const }))],
      rows.map(([folder, each]) => rowOf(folder, each)),
      { total: rowOf('all', tried) },
    ),
  );
  say('');
  say(`mutations killed ${count(tried, 'killed')}`);
  say(`mutations survived ${count(tried, 'survived')}`);
  say(`mutations percent ${percent(tried)}`);
}

function isEnough(tried: readonly Tried[]): boolean {
  const killed = count(tried, 'killed');
  const all = killed + count(tried, 'survived');
  return killed * 100 >= all * MIN_PERCENT && !tried.some(isUntried);
}

const isUntried = ({ verdict }: Tried) => verdict === 'stale' || verdict === 'broken';

const columns = [
  { title: 'killed', cell: (each: readonly Tried[]) => String(count(each, 'killed')) },
  { title: 'survived', cell: (each: readonly Tried[]) => String(count(each, 'survived')) },
  { title: 'not tried', cell: (each: readonly Tried[]) => String(each.filter(isUntried).length) },
  { title: 'equivalent', cell: (each: readonly Tried[]) => String(count(each, 'equivalent')) },
  { title: 'percent killed', cell: percent },
];

const rowOf = (name: string, each: readonly Tried[]) => [name, ...columns.map(({ cell }) => cell(each))];

const count = (tried: readonly Tried[], verdict: Verdict) =>
  tried.filter((each) => each.verdict === verdict).length;

/** The killed share of those that were tried, in tenths rounded down; a dash if none was. */
function percent(tried: readonly Tried[]): string {
  const killed = count(tried, 'killed');
  const all = killed + count(tried, 'survived');
  if (all === 0) return '-';
  const tenths = Math.floor((killed * 1_000) / all);
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}
