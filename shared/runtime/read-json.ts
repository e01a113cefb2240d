import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { pointerTo } from '../kernel/json-pointer.ts';
import { hasHidden, unusableCharacter } from '../kernel/plain-text.ts';
import { type FieldProblem, invalid, ProblemError } from '../kernel/problem.ts';
import { problems } from './problem-answer.ts';

/**
 * The JSON of a request's body. Refused: another media type, a text that isn't JSON, and characters that no field
 * accepts, each with its field.
 */
export function readJson(event: APIGatewayProxyEventV2): unknown {
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type))
    throw new ProblemError(problems.notJsonType);
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  const body = parse(text);
  const unusable = MAY_BE_UNUSABLE.test(text) || hasHidden(text) ? unusableTexts(body) : [];
  if (unusable.length > 0) throw new ProblemError(invalid(unusable));
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(problems.notJson);
  }
}

/** An escape, or a raw character that JSON allows. Most bodies have none of them and need no second check. */
const MAY_BE_UNUSABLE = /\\[bfnrtu]|[\u007f-\u009f\u2028\u2029]|__proto__/;

/**
 * Labels, declarations and the table don't accept such text: it would fail far from its sender. A member `__proto__`
 * belongs to no schema, and would be ignored silently in objects with free names.
 */
function unusableTexts(body: unknown): FieldProblem[] {
  const found: FieldProblem[] = [];
  const left: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: body, path: [] }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    const detail =
      path.at(-1) === '__proto__'
        ? 'this field is not part of the contract'
        : typeof value === 'string'
          ? problemOf(value)
          : undefined;
    if (detail !== undefined) found.push({ pointer: pointerTo(path), code: 'unusable', detail });
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) left.push({ value: item, path: [...path, name] });
  }
  return found;
}

function problemOf(text: string): string | undefined {
  const character = unusableCharacter(text);
  if (character === undefined) return undefined;
  return `one line of Unicode text, without control or invisible characters: leave out ${character}`;
}
