import { pointerTo } from '../../kernel/json-pointer.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { RuleFile } from '../rules/rule-file.ts';
import type { ImportRefusal } from './import-rules.ts';

/** The answer would exceed Lambda's limit. */
export const tooManyChanges: Problem = {
  status: 413,
  code: 'too-many-changes',
  title: 'Too many changes for one answer',
  detail: 'Nothing was stored. Send the rows in several imports.',
  errors: [{ pointer: '/file/rows', code: 'too-many-changes', detail: 'fewer rows at once' }],
};

/** The answer to an operator whose import of trade rules is refused. */
export function rulesProblem(refusal: ImportRefusal, file: RuleFile): Problem {
  if (refusal.reason === 'moved-on') {
    return {
      status: 409,
      code: 'rules-moved-on',
      title: 'Another import came in between',
      detail: 'Look at its changes and import again. Nothing was stored.',
    };
  }
  const found = refusal.problems.map(({ row, field, detail }) => ({
    pointer: placeOf(file, row, field),
    code: 'invalid-rule',
    detail,
  }));
  // An error in the defaults appears in every row.
  const errors = [...new Map(found.map((error) => [`${error.pointer} ${error.detail}`, error])).values()];
  return {
    status: 422,
    code: 'invalid-rules',
    title: 'Not every row is a rule',
    detail: `${errors.length === 1 ? 'There is 1 problem' : `There are ${errors.length} problems`}; nothing was stored.`,
    errors: errors.slice(0, MAX_ERRORS),
  };
}

const MAX_ERRORS = 200;

/** An error in a field that a row takes from the file's defaults is reported at the defaults. */
function placeOf({ defaults = {}, rows }: RuleFile, row: number, field: string): string {
  const [name = '', ...below] = field === '' ? [] : field.split('.');
  if (name === '') return `/file/rows/${row}`;
  const isDefault = Object.hasOwn(defaults, name) && !Object.hasOwn(rows[row] ?? {}, name);
  return `/file/${isDefault ? 'defaults' : `rows/${row}`}${pointerTo([name, ...below])}`;
}
