import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { bodyLimitOf } from '../../../events/body-limits.ts';
import { triggerList } from '../../../events/triggers.ts';
import { type Problem, ProblemError } from '../../../shared/kernel/problem.ts';
import { problemAnswer } from '../../../shared/runtime/problem-answer.ts';
import { readJson } from '../../../shared/runtime/read-json.ts';

const KB = 1024;

const eventOf = (body: string, isBase64Encoded = false) =>
  ({
    headers: { 'content-type': 'application/json' },
    body,
    isBase64Encoded,
  }) as unknown as APIGatewayProxyEventV2;

/** The problem of a body, and the length of its answer. */
function refusalOf(body: string, maxBytes: number): Problem & { readonly answerBytes: number } {
  try {
    readJson(eventOf(body), maxBytes);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const answer = problemAnswer(error.problem, 'request-1');
    return { ...error.problem, answerBytes: JSON.stringify(answer).length };
  }
  throw new Error('the body was taken');
}

const nested = (depth: number, inner = '') => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

describe('a body', () => {
  it.each([10_000, 20_000, 40_000, 1_000_000])(
    'of %i levels is refused at the 33rd, with an escape that starts the check of its texts',
    (depth) => {
      // Nothing behind the 33rd level is read: the text isn't even JSON.
      for (const body of [`{"a":"\\n","b":${nested(depth)}}`, `{"a":"\\n","b":${'['.repeat(depth)}`])
        expect(refusalOf(body, 10_000_000)).toMatchObject({
          status: 422,
          errors: [{ pointer: '', code: 'too-deep' }],
          answerBytes: expect.toSatisfy((bytes: number) => bytes < 1_000),
        });
    },
  );

  it('may have 32 levels, and brackets in its texts are none', () => {
    expect(readJson(eventOf(nested(32)), KB)).toBeDefined();
    expect(refusalOf(nested(33), KB)).toMatchObject({ errors: [{ code: 'too-deep' }] });
    const texts = JSON.stringify({ a: '[{'.repeat(100), b: '"[\\"[', c: '\\', d: [1] });
    expect(readJson(eventOf(texts), KB)).toEqual(JSON.parse(texts));
  });

  it.each([
    ['45 kB of unusable texts at each level', `${'{"a":"\\n","b":'.repeat(3_000)}1${'}'.repeat(3_000)}`],
    ['4 MB of names', `{"${'n'.repeat(4_000_000)}":"\\n"}`],
    [
      '4 MB of long names',
      JSON.stringify(
        Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`${n}${'/'.repeat(10_000)}`, '\n'])),
      ),
    ],
    ['very many unusable texts', JSON.stringify(Array.from({ length: 300_000 }, () => '\n'))],
    [
      'long names at each of 31 levels',
      `${`{"${'~'.repeat(5_000)}":`.repeat(31)}["\\n","\\n","\\n"]${'}'.repeat(31)}`,
    ],
  ])('with %s gets a short answer', (_what, body) => {
    expect(refusalOf(body, 10_000_000).answerBytes).toBeLessThan(120_000);
    expect(refusalOf(body, 10_000_000).errors?.length).toBeLessThanOrEqual(100);
  });

  it('tells how many more texts are unusable than it names', () => {
    const body = JSON.stringify(Array.from({ length: 250 }, () => '\n'));
    expect(refusalOf(body, 64 * KB)).toMatchObject({ detail: expect.stringContaining('150 more are wrong') });
  });

  it('names a nested field in full', () => {
    expect(refusalOf('{"lines":[{"sku":"A"},{"a/b~c":"x\\ny"}]}', KB)).toMatchObject({
      errors: [{ pointer: '/lines/1/a~1b~0c', code: 'unusable' }],
    });
  });

  it('of more bytes than its route takes is refused before it is read, in text and in base 64', () => {
    const longest = `"${'é'.repeat((KB - 2) / 2)}"`;
    expect(Buffer.byteLength(longest)).toBe(KB);
    const encoded = (text: string) => Buffer.from(text).toString('base64');
    expect(readJson(eventOf(longest), KB)).toHaveLength(511);
    expect(readJson(eventOf(encoded(longest), true), KB)).toHaveLength(511);
    for (const event of [
      eventOf(`${longest} `),
      eventOf(encoded(`${longest} `), true),
      eventOf('{'.repeat(9_000)),
    ])
      expect(() => readJson(event, KB)).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({
            status: 413,
            detail: 'The body of this request may have 1 KB.',
          }),
        }),
      );
  });
});

describe('the limits of bodies', () => {
  const limits = triggerList.flatMap(([id, trigger]) => (trigger.kind === 'http' ? [{ id, trigger }] : []));

  it('are small where anybody calls, and everywhere below what Lambda takes', () => {
    for (const { id, trigger } of limits) {
      const isOpen = trigger.access.kind !== 'scope';
      expect({ id, limit: bodyLimitOf(id) }).toEqual({
        id,
        limit: expect.toSatisfy((bytes: number) => bytes <= (isOpen ? 32 * KB : 5_500 * KB)),
      });
    }
  });
});

describe('an answer', () => {
  it('does not grow with its problem', () => {
    const field = { pointer: '/x'.repeat(10_000), code: 'wrong', detail: 'd'.repeat(10_000) };
    const problem: Problem = {
      ...{ status: 422, code: 'any', title: 'Any', detail: 'd'.repeat(100_000) },
      errors: Array.from({ length: 10_000 }, () => field),
    };
    const { body = '', headers } = problemAnswer(problem, 'request-1');
    const read = JSON.parse(body) as Problem;
    expect(read.errors).toHaveLength(200);
    expect(read.errors?.[0]?.pointer).toHaveLength(400);
    expect(read.errors?.[0]?.detail).toHaveLength(1_000);
    expect(read.detail).toHaveLength(1_000);
    expect(JSON.stringify(headers).length).toBeLessThan(200);
  });
});
