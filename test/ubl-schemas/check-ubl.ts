import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { type Column, textTable } from '../../infra/cli/terminal/text-table.ts';
import { installPython, programsOf } from '../other-clouds/python-environment.ts';
import { documents, wrongDocument } from './documents.ts';

const FOLDER = join('node_modules', '.cache', 'ubl-schemas');
const folder = new URL('.', import.meta.url).pathname;
const WRONG = 'an Order that is wrong';

/**
 * Validates the UBL documents of purchase orders against OASIS's schemas of UBL 2.1, and gives whether all are valid. A
 * document that is made wrong has to be refused. Says so where Python or the schemas cannot be installed, and gives
 * true then.
 */
export async function checkUbl(): Promise<boolean> {
  const missing = await installPython({
    requirements: join(folder, 'requirements.txt'),
    folder: FOLDER,
    what: 'the schemas of UBL 2.1',
    // The package of the schemas asks for the whole of Odoo, of which they need nothing.
    isComplete: true,
  });
  if (missing !== undefined) {
    console.log(`SKIPPED: no document was validated. ${missing}`);
    return true;
  }
  const results = Object.entries(await validate({ ...documents, [WRONG]: wrongDocument })).map(
    ([name, errors]) => ({ name, errors, isGood: (errors.length === 0) === (name !== WRONG) }),
  );
  const columns: Column[] = [
    { title: 'document', align: 'left' },
    { title: 'as expected', align: 'left' },
    { title: 'the schema says', align: 'left' },
  ];
  const rows = results.map(({ name, errors, isGood }) => [
    name,
    isGood ? 'yes' : 'NO',
    errors[0]?.slice(0, 120) ?? 'valid',
  ]);
  console.log(textTable(columns, rows));
  return results.every(({ isGood }) => isGood);
}

/** By the name of each document, what is wrong with it. */
async function validate(given: Readonly<Record<string, string | undefined>>) {
  const python = spawn(join(programsOf(FOLDER), 'python'), [join(folder, 'validate.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  python.stdin.end(JSON.stringify(given));
  const [answer, [code]] = await Promise.all([text(python.stdout), once(python, 'close')]);
  if (code !== 0) throw new Error(`validate.py ended with ${code}`);
  return z.record(z.string(), z.array(z.string())).parse(JSON.parse(answer));
}
