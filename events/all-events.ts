import * as z from 'zod';
import { declarationFacts } from './declaration.ts';
import { dispatchFacts } from './dispatch.ts';
import { type Envelope, envelopeSchema } from './envelope.ts';
import { evidenceFacts } from './evidence.ts';
import { freightFacts } from './freight.ts';
import { intentFacts } from './intent.ts';
import { orderFacts } from './order.ts';
import { parcelFacts } from './parcel.ts';
import { paymentFacts } from './payment.ts';
import { screeningFacts } from './screening.ts';

/** Every fact of an order, in the order of the journey. */
export const factDefinitions = [
  ...orderFacts,
  ...paymentFacts,
  ...intentFacts,
  ...evidenceFacts,
  ...screeningFacts,
  ...parcelFacts,
  ...declarationFacts,
  ...dispatchFacts,
  ...freightFacts,
] as const;

type Definition = (typeof factDefinitions)[number];

/** Wire name of a fact, such as `order.placed`. */
export type FactName = Definition['name'];

export const factNames = factDefinitions.map((definition) => definition.name) as FactName[];

type DataOf<Name extends FactName> = z.infer<Extract<Definition, { name: Name }>['data']>;

/** A decided fact that is not written yet: it gets its envelope when it is appended. */
export type NewFact = { [Name in FactName]: { readonly name: Name; readonly data: DataOf<Name> } }[FactName];

/** A fact with its envelope, narrowed by `name`. */
export type Fact<Name extends FactName = FactName> = {
  [N in Name]: Envelope & { readonly name: N; readonly version: number; readonly data: DataOf<N> };
}[Name];

const schemaByName = new Map<string, z.ZodType>(
  factDefinitions.map((definition) => [
    definition.name,
    envelopeSchema.extend({
      name: z.literal(definition.name),
      version: z.literal(definition.version),
      data: definition.data,
    }),
  ]),
);

/** The schema of a fact on the wire: envelope, name, version, data. Undefined for an unknown name. */
export function factSchema(name: string): z.ZodType | undefined {
  return schemaByName.get(name);
}

/** The current version of a fact. */
export function factVersion(name: FactName): number {
  const definition = factDefinitions.find((candidate) => candidate.name === name);
  return definition?.version ?? 1;
}

const namedSchema = z.looseObject({ name: z.string() });

/** Reads a fact from the table or the bus; throws a ZodError on anything that is not one. */
export function parseFact(value: unknown): Fact {
  const { name } = namedSchema.parse(value);
  const schema = factSchema(name);
  if (schema === undefined) throw new Error(`unknown fact ${name}`);
  return schema.parse(value) as Fact;
}
