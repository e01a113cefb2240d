import type { Mutant } from './mutant.ts';

const tests = ['test/unit/cli/products/read-product-file.test.ts'];
const PAPER = 'infra/cli/products/read-paper.ts';

export const productsMutants: readonly Mutant[] = [
  {
    id: 'products/day-is-part-of-the-number',
    file: PAPER,
    find: 'LIKE_A_DAY.test(reference) || ',
    put: '',
    tests,
    harm: 'A day that was not understood makes a paper valid for ever.',
  },
  {
    id: 'products/validity-is-part-of-the-number',
    file: PAPER,
    find: ' || WORD_OF_VALIDITY.test(reference)',
    put: '',
    tests,
    harm: 'A validity that was not understood makes a paper valid for ever.',
  },
  {
    id: 'products/two-last-days',
    file: PAPER,
    find: 'if (days.has(word.toLowerCase())) break;',
    put: '',
    tests,
    harm: 'Of two last days the first counts, silently.',
  },
];
