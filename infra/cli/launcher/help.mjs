import { readFileSync } from 'node:fs';

/**
 * The help that the command line asks for; undefined if it does not ask for help. `npm run pages` writes the texts
 * from the program itself. So they can be printed before anything is installed.
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
