/** A command of a guide as it is written there: a block, or a command in a sentence. */
export interface GuideCommand {
  /** The heading above it, without its `#` signs. */
  readonly section: string;
  readonly text: string;
}

const FENCE = /^ *```(\w*)$/;
const HEADING = /^#{2,3} (.+)$/;
/** Blocks of other languages are data. */
const SHELL = ['', 'sh'];
/** A command in a sentence has words of its own; `npx cdk` alone names a program. */
const INLINE = /`((?:npx|npm|aws|git|curl) [^`]* -[^`]*)`/g;

/** All commands of a page in Markdown, in their order. A block is one command, whatever its number of lines. */
export function readCommands(markdown: string): GuideCommand[] {
  const commands: GuideCommand[] = [];
  let section = '';
  let block: { readonly language: string; readonly lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const fence = FENCE.exec(line);
    if (fence !== null && block === undefined) block = { language: fence[1] ?? '', lines: [] };
    else if (fence !== null && block !== undefined) {
      if (SHELL.includes(block.language)) commands.push({ section, text: withoutIndent(block.lines) });
      block = undefined;
    } else if (block !== undefined) block.lines.push(line);
    else {
      section = HEADING.exec(line)?.[1] ?? section;
      for (const [, text = ''] of line.matchAll(INLINE)) commands.push({ section, text });
    }
  }
  return commands;
}

/** A block in a list is indented as a whole. */
function withoutIndent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}

/** The addresses in the first column of code of a table in that section, such as `<API>/v1/hooks/carrier/easypost`. */
export function readHookAddresses(markdown: string): string[] {
  return [...markdown.matchAll(/^\| [^|]+ \| `([^`|]*\/v1\/hooks\/[^`|]*)` \|/gm)].map(
    ([, address = '']) => address,
  );
}
