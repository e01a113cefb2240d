import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { durationText } from '../../infra/cli/terminal/estimate.ts';
import { builtFunctions } from '../../infra/local/lambda/built-functions.ts';
import { startBackend } from '../../infra/local/start-backend.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { installPython, programsOf } from '../other-clouds/python-environment.ts';
import { actInShop } from './act-in-shop.ts';
import { makeReports } from './make-reports.ts';
import { readEvidence } from './read-evidence.ts';
import { sampleOfSales } from './sample-of-sales.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const REQUIREMENTS = here('requirements.txt');
/** Not below node_modules, which `npm ci` deletes, also while a check runs. */
const CACHE = here('../../.local/python/recount');
const PROGRAM = here('../../infra/cli/entrepot.ts');
const COUNTER = here('python/recount.py');

/** Divides the delays of the sandboxes, as the replay does with a backend of its own. */
const PACE = 10;
const SETTLED_MILLISECONDS = 300_000;

export interface RecountOptions {
  /** Sales in the layout of the Online Retail data set, plain or gzipped. */
  readonly file: string;
  /** How many invoices of the file are sold, about. Large ones become several orders. */
  readonly invoices: number;
  /** Where what was counted stays; a temporary folder that is deleted if undefined. */
  readonly keep: string | undefined;
}

/**
 * Sells the rows of a file through the API of a local backend, makes every report of its lake, and has all figures
 * counted again by a program in Python with pandas, which reads the file, the API and the items of the table, and
 * neither the lake nor our SQL. Gives whether all figures are equal. Where the file, Python or pandas can't be had, it
 * says so and counts as skipped.
 */
export async function checkRecount({ file, invoices, keep }: RecountOptions, say: Say): Promise<boolean> {
  const whole = resolve(file);
  if (
    await access(whole).then(
      () => false,
      () => true,
    )
  ) {
    say(`SKIPPED: ${whole} is not there. docs/replay.md says which file of sales is meant.`);
    return true;
  }
  const step = createSteps(say);
  step('pandas is looked for, and installed if it is not there');
  const missing = await installPython({ requirements: REQUIREMENTS, folder: CACHE, what: 'pandas' });
  if (missing !== undefined) {
    say(`SKIPPED: ${missing}`);
    return true;
  }
  const work = keep === undefined ? await mkdtemp(join(tmpdir(), 'entrepot-recount-')) : resolve(keep);
  try {
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true });
    const sales = join(work, 'sales.csv');
    await sampleOfSales(whole, invoices, sales);
    await sellAndReport({ sales, work }, { say, step });
    step('the program in Python counts the figures again');
    const code = await run([join(programsOf(CACHE), 'python'), '-B', COUNTER, sales, work], work);
    return code === 0;
  } finally {
    if (keep === undefined) await rm(work, { recursive: true, force: true });
  }
}

type Say = (line: string) => void;

const STEPS = 7;

/** Names each step with its number and the time since the start. */
function createSteps(say: Say): Say {
  const began = performance.now();
  let number = 0;
  return (what) => {
    number += 1;
    const since = number === 1 ? '' : `, after ${durationText((performance.now() - began) / 1_000)}`;
    say(`Step ${number} of ${STEPS}${since}: ${what}`);
  };
}

async function sellAndReport(
  { sales, work }: { readonly sales: string; readonly work: string },
  { say, step }: { readonly say: Say; readonly step: Say },
): Promise<void> {
  const dataDir = join(work, 'cloud');
  step('a backend is built and started');
  await synthesise();
  const backend = await startBackend({ port: 0, dataDir, files: await builtFunctions(), pace: PACE });
  try {
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', PROGRAM];
    const where = [
      '--url',
      backend.url,
      '--payment-url',
      backend.partners.urlOf('stripe'),
      '--data',
      dataDir,
    ];
    step('the invoices are sold');
    const code = await run([...node, 'replay', sales, ...where], work);
    if (code !== 0) throw new Error(`the replay ended with code ${code}`);
    step('refunds, refusals, cancellations, unpaid orders, costs and visits');
    await actInShop(backend, work);
    await backend.cloud.settled(SETTLED_MILLISECONDS);
    await backend.cloud.flush();
    step('the orders, the stock and the quotes are read from the API and the table');
    await readEvidence(backend, work);
    step('the reports are made');
    await makeReports(backend.url, { work, sales }, say);
  } finally {
    await backend.stop();
  }
}

/** Runs a command in this terminal. Gives its exit code. */
function run([command = '', ...args]: readonly string[], cwd: string): Promise<number | null> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('exit', done);
  });
}
