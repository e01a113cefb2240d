import type { Mutant } from './mutant.ts';

const queue = ['test/component/runtime/queue-consumer.test.ts'];
const QUEUE = 'shared/runtime/queue-consumer.ts';
const badInput = ['test/component/runtime/bad-input.test.ts'];
const body = ['test/unit/runtime/read-json.test.ts'];
const plainText = ['test/unit/kernel/plain-text.test.ts'];
const TEXT = 'shared/kernel/plain-text.ts';

export const runtimeMutants: readonly Mutant[] = [
  {
    id: 'runtime/failed-message-is-done',
    file: QUEUE,
    find: "    log.error('MESSAGE_FAILED', error, { messageId });\n    throw error;",
    put: "    log.error('MESSAGE_FAILED', error, { messageId });",
    tests: queue,
    harm: 'A message that failed is never handled again.',
  },
  {
    id: 'runtime/unknown-order-again',
    file: QUEUE,
    find: 'if (error instanceof UnknownOrder) {',
    put: 'if (false) {',
    tests: queue,
    harm: 'A message without an order comes again until it is parked with an alarm.',
  },
  {
    id: 'runtime/every-error-dropped',
    file: QUEUE,
    find: 'if (error instanceof UnknownOrder) {',
    put: 'if (error instanceof Error) {',
    tests: queue,
    harm: 'Work that failed is dropped.',
  },
  {
    id: 'runtime/failure-not-logged',
    file: QUEUE,
    find: "    log.error('MESSAGE_FAILED', error, { messageId });\n",
    put: '',
    tests: queue,
    harm: 'Nobody can see why a message was parked.',
  },
  {
    id: 'runtime/whole-batch-fails',
    file: QUEUE,
    find: 'const outcomes = await Promise.allSettled(handling);',
    put: 'const outcomes = await Promise.all(handling.map((one) => one.then(() => ({ status: "fulfilled" }))));',
    tests: queue,
    harm: 'One failed message makes the whole batch fail, and the messages that were done are done again.',
  },
  {
    id: 'runtime/late-message-unseen',
    file: QUEUE,
    find: "if (waitedMs > LATE_MS) log.warn('MESSAGE_LATE', { messageId, waitedMs });",
    put: '',
    tests: queue,
    harm: 'Nobody hears that a queue has too few consumers.',
  },
  {
    id: 'runtime/any-depth',
    file: 'shared/runtime/read-json.ts',
    find: '  if (isTooDeep(text)) throw new ProblemError(invalid([TOO_DEEP]));\n',
    put: '',
    tests: body,
    harm: 'A stranger makes a function walk through a body of any depth.',
  },
  {
    id: 'runtime/any-size',
    file: 'shared/runtime/read-body.ts',
    find: 'bytes.length > maxBytes',
    put: 'false',
    tests: body,
    harm: 'A body may have several times the bytes that its route takes.',
  },
  {
    id: 'runtime/answers-of-any-size',
    file: 'shared/runtime/problem-answer.ts',
    find: 'text.length <= length',
    put: 'true',
    tests: body,
    harm: 'A stranger gets megabytes back for what was sent.',
  },
  {
    id: 'runtime/card-number-kept',
    file: 'shared/kernel/card-number.ts',
    find: 'if (luhn % 10 !== 0) return false;',
    put: 'if (luhn % 10 === 0) return false;',
    tests: ['test/unit/kernel/card-number.test.ts'],
    harm: 'The number of a card is stored with an order.',
  },
  {
    id: 'runtime/card-number-in-a-query',
    file: 'shared/runtime/http.ts',
    find: "...cardNumbersIn(queryStringParameters, '#/query'),",
    put: '',
    tests: ['test/component/runtime/http.test.ts'],
    harm: 'The number of a card is taken by a route, and repeated by its answer.',
  },
  {
    id: 'runtime/hidden-characters-accepted',
    file: 'shared/runtime/read-json.ts',
    find: 'mayHoldCardNumber(text) || hasHidden(text)',
    put: 'mayHoldCardNumber(text)',
    tests: badInput,
    harm: 'A name that turns the direction of text makes a line on a label look like another one.',
  },
  {
    id: 'runtime/joiners-accepted-anywhere',
    file: TEXT,
    find: "&&[' +",
    put: "--[' +",
    tests: plainText,
    harm: 'Persian and Hindi names are refused, and Latin names may hold characters that nobody sees.',
  },
  {
    id: 'runtime/drawn-signs-refused',
    file: TEXT,
    find: '--[\\u0600-\\u0605',
    put: '--[\\u0601-\\u0605',
    tests: plainText,
    harm: 'An Arabic sign that is drawn is refused.',
  },
  {
    id: 'runtime/unchanged-decision-forgotten',
    file: 'shared/screening/decide-by-operator.ts',
    find: 'if (isUnchanged) await',
    put: 'if (false) await',
    tests: ['test/component/runtime/decisions.test.ts'],
    harm: 'A repeat of a hold that changed nothing stops an order that somebody released in between.',
  },
  {
    id: 'runtime/amount-of-a-hold-ignored',
    file: 'functions/4-screening/post-decision.ts',
    find: 'if (field !== undefined) throw new ProblemError(payment.onlyOfRefunds(field));',
    put: '',
    tests: ['test/component/runtime/decisions.test.ts'],
    harm: 'An operator who meant a refund refuses the whole order.',
  },
];
