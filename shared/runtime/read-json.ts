import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { pointerTo } from '../kernel/json-pointer.ts';
import { type FieldProblem, invalid, ProblemError } from '../kernel/problem.ts';
import { problems } from './problem-answer.ts';

/**
 * The JSON of a request's body. Refused: another media type, what is not JSON, and text that no field of ours can
 * hold, with each field that has it.
 */
export function readJson(event: APIGatewayProxyEventV2): unknown {
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type))
    throw new ProblemError(problems.notJsonType);
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  const body = parse(text);
  const unusable = MAY_BE_UNUSABLE.test(text) ? unusableTexts(body) : [];
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

/** An escape, or what JSON takes as it is: most bodies have none of them and are not looked at again. */
const MAY_BE_UNUSABLE = /\\[bfnrtu]|[\u007f-\u009f\u2028\u2029]|__proto__/;

/** Control characters, line breaks included, and halves of a character, which are no Unicode text (RFC 7493). */
const UNUSABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Labels, declarations and the table take no such text: it would fail far from who sent it. A member `__proto__` is
 * no field of anything, and would be passed over in silence where names are free.
 */
function unusableTexts(body: unknown): FieldProblem[] {
  const found: FieldProblem[] = [];
  const left: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: body, path: [] }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    const detail =
      path.at(-1) === '__proto__'
        ? 'this field is not part of the contract'
        : typeof value === 'string' && UNUSABLE.test(value)
          ? 'one line of Unicode text, without control characters'
          : undefined;
    if (detail !== undefined) found.push({ pointer: pointerTo(path), code: 'unusable', detail });
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) left.push({ value: item, path: [...path, name] });
  }
  return found;
}
