import { z } from 'zod';
import { AwsError } from './aws-error.ts';

/** One operation of an AWS API: gives the output or throws an AwsError. */
export type Operation = (input: unknown) => unknown;

/** Checks the input of an operation. Throws the AwsError of a client's mistake. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  throw new AwsError('ValidationException', z.prettifyError(read.error));
}
