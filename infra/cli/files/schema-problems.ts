import type { z } from 'zod';

/**
 * The problems that a schema found, one text for each: the place and what is wrong. No text repeats a value, because
 * the checked file holds secrets. The names of unknown fields are given.
 */
export function schemaProblems(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const place = (...more: readonly PropertyKey[]) => `/${[...issue.path, ...more].map(String).join('/')}`;
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${place(key)}: unknown field`);
    return [`${place()}: ${wordsOf(issue)}`];
  });
}

function wordsOf(issue: z.core.$ZodIssue): string {
  // A message that a schema of ours brings does not repeat what it read. One of zod's own may.
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'invalid_type')
    return issue.input === undefined && /received undefined/.test(issue.message)
      ? 'it is missing'
      : `it must be ${articled(issue.expected)}`;
  if (issue.code === 'invalid_format') return `it is not in the form ${issue.format}`;
  if (issue.code === 'too_small') return 'it is empty or too small';
  return issue.code.replaceAll('_', ' ');
}

const articled = (word: string) => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);
