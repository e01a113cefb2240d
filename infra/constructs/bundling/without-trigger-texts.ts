import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** The table of triggers, and the tables that it is made of. */
const TABLES = /\/events\/([\w-]*triggers|jobs)\.ts$/;
/** What a function does, and the effect of its absence: texts that only the stacks and the pages read. */
const TEXT = /\b(does|impact):\s*(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;

/** Leaves the texts of the table of triggers out: each function that sends to a queue has that table. */
export const withoutTriggerTexts: Plugin = {
  name: 'without-trigger-texts',
  setup({ onLoad }) {
    onLoad({ filter: TABLES }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(TEXT, "$1: ''"),
      loader: 'ts',
    }));
  },
};
