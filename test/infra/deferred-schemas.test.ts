import { describe, expect, it } from 'vitest';
import * as zod from 'zod';
import * as deferred from '../../infra/constructs/bundling/deferred-schemas.ts';

type Zod = typeof zod;

/** A schema made with Zod itself, and the same with deferred schemas. */
const both = (make: (z: Zod) => zod.ZodType) => [make(zod), make(deferred as unknown as Zod)] as const;

const cases: Record<string, { readonly make: (z: Zod) => zod.ZodType; readonly inputs: readonly unknown[] }> =
  {
    texts: {
      make: (z) =>
        z
          .string()
          .trim()
          .min(2)
          .max(5)
          .regex(/^[a-z]+$/, 'small letters'),
      inputs: [' ab ', 'a', 'abcdefg', 'AB', 7, undefined],
    },
    numbers: { make: (z) => z.int().min(1).max(10).default(3), inputs: [1, 0, 1.5, '1', undefined] },
    objects: {
      make: (z) => z.strictObject({ a: z.string(), b: z.int().optional(), c: z.array(z.boolean()).min(1) }),
      inputs: [{ a: 'x', c: [true] }, { a: 1, b: 'x', c: [] }, { a: 'x', c: [1], d: 1 }, null, []],
    },
    'objects that others are made of': {
      make: (z) => {
        const base = z.strictObject({ a: z.string(), b: z.int() }).meta({ description: 'base' });
        const longer = base.extend({ e: z.boolean().optional() });
        return z.strictObject({
          ...longer.omit({ b: true }).shape,
          b: longer.pick({ b: true }).shape.b,
          c: base.shape.a.optional(),
          d: base.pick({ b: true }),
        });
      },
      inputs: [
        { a: 'x', b: 1, d: { b: 2 }, e: true },
        { a: 'x', b: 'x', d: { b: 2 }, e: 1, f: 1 },
        { a: 'x', b: 1, c: 2, d: { a: 'x' } },
        {},
      ],
    },
    'objects with a check of several fields': {
      make: (z) =>
        z.object({ from: z.iso.date(), to: z.iso.date() }).superRefine(({ from, to }, { addIssue }) => {
          if (to < from) addIssue({ code: 'custom', path: ['to'], message: 'before from' });
        }),
      inputs: [
        { from: '2026-01-01', to: '2026-01-02' },
        { from: '2026-01-02', to: '2026-01-01' },
        { from: 'x' },
      ],
    },
    unions: {
      make: (z) =>
        z.discriminatedUnion('kind', [
          z.looseObject({ kind: z.literal('a'), n: z.coerce.number() }),
          z.looseObject({ kind: z.enum(['b', 'c']), url: z.url() }),
        ]),
      inputs: [
        { kind: 'a', n: '5' },
        { kind: 'c', url: 'https://example.com' },
        { kind: 'b', url: 'no' },
        { kind: 'd' },
      ],
    },
    'lists, records and the like': {
      make: (z) =>
        z.tuple([
          z.record(z.string(), z.unknown()),
          z.partialRecord(z.enum(['x', 'y']), z.number()),
          z.union([z.email(), z.base64()]).nullable(),
          z.preprocess((value) => value ?? 'none', z.string()),
        ]),
      inputs: [
        [{ a: 1 }, { x: 1 }, 'a@example.com', undefined],
        [{}, { z: 1 }, '!', 'text'],
        [1, { x: 'x' }, null, 5],
      ],
    },
    'what is derived step by step': {
      make: (z) =>
        z
          .string()
          .transform((text) => text.length)
          .pipe(z.int().min(2))
          .or(z.boolean().refine((value) => value, 'must be true')),
      inputs: ['abc', 'a', true, false, 5],
    },
    'a schema that contains itself': {
      make: (z) => {
        const tree: zod.ZodType = z.strictObject({
          name: z.string(),
          get children() {
            return z.array(tree).optional();
          },
        });
        return tree;
      },
      inputs: [
        { name: 'a', children: [{ name: 'b' }] },
        { name: 'a', children: [{ name: 1 }] },
      ],
    },
  };

describe('a deferred schema', () => {
  it.each(Object.entries(cases))('of %s gives the same values and errors', (_name, { make, inputs }) => {
    const [plain, late] = both(make);
    for (const input of inputs) {
      const expected = plain.safeParse(input);
      const result = late.safeParse(input);
      expect(result.success).toBe(expected.success);
      expect(result.data).toEqual(expected.data);
      expect(result.error?.issues).toEqual(expected.error?.issues);
    }
  });

  it('is constructed only when something of it is read, and only once', () => {
    let constructed = 0;
    const { strictObject, string } = deferred;
    const one = string().superRefine(() => {});
    const shape = {
      get a() {
        constructed += 1;
        return one;
      },
    };
    const schema = strictObject(shape).meta({ id: 'Never' }).optional();
    expect(constructed).toBe(0);
    schema.parse({ a: 'x' });
    const after = constructed;
    schema.parse({ a: 'y' });
    expect(constructed).toBe(after);
  });

  it('reads as the schema itself', () => {
    const [plain, late] = both((z) => z.enum(['a', 'b']).meta({ description: 'a letter' }));
    expect(late).toBeInstanceOf(zod.ZodType);
    expect(late.meta()).toEqual(plain.meta());
    expect(late.description).toBe('a letter');
    expect('parse' in late).toBe(true);
    expect((late as unknown as { options: unknown }).options).toEqual(['a', 'b']);
  });

  it('exists for every function of Zod that the product makes schemas with', async () => {
    const { globSync, readFileSync } = await import('node:fs');
    const texts = globSync('{events,functions,shared}/**/*.ts').map((file) => readFileSync(file, 'utf8'));
    const used = new Set(
      texts.flatMap((text) => [...text.matchAll(/\bz\s*\.([a-z]\w*)[\s(.]/g)].map(([, name]) => name)),
    );
    const zodsOwn = new Set(['core', 'infer', 'input', 'output', 'config']);
    const same = [...used].filter(
      (name = '') => !zodsOwn.has(name) && Reflect.get(deferred, name) === Reflect.get(zod, name),
    );
    expect(same).toEqual([]);
  });
});
