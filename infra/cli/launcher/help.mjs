import { readFileSync } from 'node:fs';

/**
 * The help that is asked for; undefined where the command is to be run. The texts are those of the program itself,
 * written by `npm run pages`, so that they can be printed before anything is installed.
 *
 * @param {readonly string[]} words the command line
 * @returns {string | undefined}
 */
export function helpFor(words) {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  const texts = JSON.parse(readFileSync(new URL('../generated/help.json', import.meta.url), 'utf8'));
  const [from, ...rest] = own[0] === 'help' ? ['entrepot', ...own.slice(1)] : ['entrepot', ...own];
  let command = from;
  let next = 0;
  while (next < rest.length && texts[`${command} ${rest[next]}`] !== undefined) {
    command = `${command} ${rest[next]}`;
    next += 1;
  }
  const hasVerbs = Object.keys(texts).some((path) => path.startsWith(`${command} `));
  const isAsked =
    own.length === 0 ||
    own[0] === 'help' ||
    (hasVerbs && rest[next] === 'help') ||
    own.some((word) => /^(-h|--help)$/.test(word));
  return isAsked ? texts[command] : undefined;
}
