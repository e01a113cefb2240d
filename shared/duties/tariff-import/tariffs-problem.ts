import { MAX_ERRORS, type Problem } from '../../kernel/problem.ts';
import type { EditionRefusal } from './import-edition.ts';

/** The answer to an operator whose import of an edition is refused. */
export function tariffsProblem(refusal: EditionRefusal): Problem {
  if (refusal.reason === 'moved-on')
    return {
      status: 409,
      code: 'tariffs-moved-on',
      title: 'Another import came in between',
      detail: 'Look at its changes and import again. Nothing was stored.',
    };
  if (refusal.reason === 'other-header')
    return {
      status: 422,
      code: 'invalid-edition',
      title: 'Not the file of this edition',
      detail: 'Nothing was stored.',
      errors: [{ pointer: '/header', code: 'other-header', detail: 'the file has another header' }],
    };
  const { problems } = refusal;
  return {
    status: 422,
    code: 'invalid-edition',
    title: 'Not the file of an edition',
    detail: `${problems.length === 1 ? 'There is 1 problem' : `There are ${problems.length} problems`}; nothing was stored.`,
    errors: problems.slice(0, MAX_ERRORS).map(({ at, detail }) => ({
      pointer: '/file',
      code: 'invalid-edition',
      detail: at === '' ? detail : `${at}: ${detail}`,
    })),
  };
}
