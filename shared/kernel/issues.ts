import type * as z from 'zod';
import { pointerTo } from './json-pointer.ts';
import type { FieldProblem } from './problem.ts';

/** One error that a schema found, with the field that caused it. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

const NO_FIELD = 'this field is not part of the contract';

/**
 * The errors that a schema found, field by field. For a union zod names only the whole value. Here the form that the
 * value has, if it has one, is used instead, so that its fields are named.
 */
export function issuesOf(issues: readonly z.core.$ZodIssue[], below: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue): Issue[] => {
    const path = [...below, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key], code: 'unknown_field', message: NO_FIELD }));
    if (issue.code !== 'invalid_union') return [{ path, code: issue.code, message: issue.message }];
    const form = issue.errors.find((own) => own.every((each) => each.path.length > 0));
    if (form !== undefined) return issuesOf(form, path);
    const ways = issue.errors.flatMap((own) => own.filter((each) => each.path.length === 0));
    const message = [...new Set(ways.map((each) => each.message))].join(', or: ');
    return [{ path, code: issue.code, message: message === '' ? issue.message : message }];
  });
}

/**
 * The errors that zod found, field by field, each with its JSON pointer below `root`; `''` points at the whole body.
 */
export function fieldProblems(error: z.core.$ZodError, root = ''): FieldProblem[] {
  return issuesOf(error.issues).map(({ path, code, message }) => ({
    pointer: root + pointerTo(path),
    code: code.replaceAll('_', '-'),
    detail: message,
  }));
}
