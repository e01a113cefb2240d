import { z } from 'zod';
import { AwsError } from './aws-error.ts';

/** One operation of an AWS API. It gives its output or throws an AwsError. */
export type Operation = (input: unknown) => unknown;

/** Checks the input of an operation. Throws an AwsError with a client's error code when the input is not valid. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  throw new AwsError('ValidationException', z.prettifyError(read.error));
}
