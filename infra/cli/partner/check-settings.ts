import * as z from 'zod';
import type { CallbackKind } from '../../../events/callback.ts';
import { schemaProblems } from '../files/schema-problems.ts';
import { type DescribedPlugIn, partnerRegistries } from './partner-registries.ts';

/** The settings as they were given, or what is wrong with them: one text for each problem, without any value. */
export type Checked =
  | { readonly settings: Readonly<Record<string, unknown>> }
  | { readonly problems: readonly string[] };

/**
 * Checks the value of a partners' secret with the schemas of the plug-ins of its kind. An unknown partner is refused:
 * a function would pass over it.
 */
export function checkSettings(
  kind: CallbackKind,
  json: unknown,
  plugIns: readonly DescribedPlugIn[] = partnerRegistries[kind],
): Checked {
  const schema = z.strictObject(
    Object.fromEntries(plugIns.map(({ code, settings }) => [code, settings.optional()])),
  );
  const read = schema.safeParse(json);
  if (!read.success) return { problems: schemaProblems(read.error) };
  const settings = Object(json) as Readonly<Record<string, unknown>>;
  if (Object.keys(settings).length > 0) return { settings };
  const codes = plugIns.map(({ code }) => code).join(' or ');
  return { problems: [`it has no partner: give the settings of ${codes} under its code`] };
}
