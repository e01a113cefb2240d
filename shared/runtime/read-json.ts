import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { holdsCardNumber, mayHoldCardNumber } from '../kernel/card-number.ts';
import { pointerTo } from '../kernel/json-pointer.ts';
import { hasHidden, unusableCharacter } from '../kernel/plain-text.ts';
import { type FieldProblem, invalid, MAX_ERRORS, ProblemError } from '../kernel/problem.ts';
import { CARD_NUMBER } from './card-numbers.ts';
import { bodyTooLarge, problems } from './problem-answer.ts';
import { readBody } from './read-body.ts';

/**
 * The JSON of a request's body. Refused: another media type, a body of more than `maxBytes`, objects and lists that are
 * nested deeper than any contract has them, a text that isn't JSON, characters that no field accepts, and the numbers
 * of payment cards, each with its field. The work before a refusal grows linearly with the body.
 */
export function readJson(event: APIGatewayProxyEventV2, maxBytes: number): unknown {
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type))
    throw new ProblemError(problems.notJsonType);
  const text = readBody(event, maxBytes)?.toString('utf8');
  if (text === undefined) throw new ProblemError(bodyTooLarge(maxBytes));
  if (isTooDeep(text)) throw new ProblemError(invalid([TOO_DEEP]));
  const body = parse(text);
  if (MAY_BE_UNUSABLE.test(text) || mayHoldCardNumber(text) || hasHidden(text)) refuseUnusable(body);
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(problems.notJson);
  }
}

/** How deep objects and lists may be nested. The deepest contract has ten levels. */
const MAX_DEPTH = 32;

const TOO_DEEP: FieldProblem = {
  pointer: '',
  code: 'too-deep',
  detail: `objects and lists nested at most ${MAX_DEPTH} levels deep`,
};

const [QUOTE, BACKSLASH, OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = Array.from('"\\[{]}', (each) =>
  each.charCodeAt(0),
);

/** Whether a JSON text is nested too deep, found in one pass that ends at the first level that is too many. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const each = text.charCodeAt(at);
    if (each === QUOTE) isInText = !isInText;
    else if (isInText) at += each === BACKSLASH ? 1 : 0;
    else if (each === OPEN_LIST || each === OPEN_OBJECT) depth += 1;
    else if (each === CLOSE_LIST || each === CLOSE_OBJECT) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/**
 * An escape that may stand for a character of a card number or for an unusable one, a number with an exponent (4242e12
 * has 16 digits), or a raw character that JSON allows. Most bodies have none of them and need no second check.
 */
const MAY_BE_UNUSABLE = /\\[/bfnrtu]|\d[eE]\+?\d+\s*[,}\]]|[\u007f-\u009f\u2028\u2029]|__proto__/;

/** A value of the body. It knows the object or list that holds it, so that no path is copied on the way down. */
interface Place {
  readonly value: unknown;
  readonly name: string;
  readonly parent: Place | undefined;
}

/**
 * Labels, declarations and the table don't accept such text: it would fail far from its sender. A member `__proto__`
 * belongs to no schema, and would be ignored silently in objects with free names. The number of a card belongs on the
 * page of the payment provider only (PCI DSS v4.0.1, requirement 3.2), and must not be stored with an order.
 */
function refuseUnusable(body: unknown): void {
  const errors: FieldProblem[] = [];
  let found = 0;
  const left: Place[] = [{ value: body, name: '', parent: undefined }];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    const { value } = place;
    const problem = problemAt(place);
    if (problem !== undefined) {
      found += 1;
      if (found <= MAX_ERRORS) errors.push(problem);
    } else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) left.push({ value: item, name, parent: place });
  }
  if (found > 0) throw new ProblemError(invalid(errors, found));
}

function problemAt(place: Place): FieldProblem | undefined {
  const { name, value } = place;
  // A number in a name is not repeated: the pointer is that of the object with the name.
  if (holdsCardNumber(name)) return { pointer: pointerTo(pathOf(place).slice(0, -1)), ...CARD_NUMBER };
  const pointer = () => pointerTo(pathOf(place));
  if (name === '__proto__')
    return { pointer: pointer(), code: 'unusable', detail: 'this field is not part of the contract' };
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  // The digits of a fraction are no number of a card: 0.4242424242424242.
  const written = String(typeof value === 'number' ? Math.trunc(value) : value);
  if (holdsCardNumber(written)) return { pointer: pointer(), ...CARD_NUMBER };
  const detail = problemOf(String(value));
  return detail === undefined ? undefined : { pointer: pointer(), code: 'unusable', detail };
}

/** The names from the body to a place. */
function pathOf(place: Place): readonly string[] {
  const names: string[] = [];
  for (let each = place; each.parent !== undefined; each = each.parent) names.unshift(each.name);
  return names;
}

function problemOf(text: string): string | undefined {
  const character = unusableCharacter(text);
  if (character === undefined) return undefined;
  return `one line of Unicode text, without control or invisible characters: leave out ${character}`;
}
