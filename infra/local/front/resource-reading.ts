import { z } from 'zod';
import type { Resource } from '../cloud-parts.ts';

/** The account and region of the resources. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * The properties of a resource, checked by the schema.
 * Throws an Error that names the logical id when the local cloud does not understand one of them.
 */
export function readProperties<T>(resource: Resource, schema: z.ZodType<T>): T {
  const read = schema.safeParse(resource.properties);
  if (read.success) return read.data;
  throw new Error(
    `${nameOf(resource)} is not understood by the local cloud:\n${z.prettifyError(read.error)}`,
  );
}

/** The name of a resource in errors and in the log. */
export function nameOf(resource: Resource): string {
  return `${resource.logicalId} (${resource.type})`;
}

/** Resources of one CloudFormation type. */
export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The account and region in the ARNs of the resources. */
export function placeOf(resources: readonly Resource[]): Place {
  for (const { ref, attributes } of resources) {
    for (const value of [ref, ...Object.values(attributes)]) {
      const [, , , region, account] = value.startsWith('arn:') ? value.split(':') : [];
      if (region !== undefined && region !== '' && account !== undefined && account !== '') {
        return { account, region };
      }
    }
  }
  return { account: '000000000000', region: 'us-east-1' };
}
