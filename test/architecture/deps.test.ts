import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const FOLDER = 'shared/runtime/deps';
const MAX_LINES = 60;

const DECISIONS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.IfStatement, 'if'],
  [ts.SyntaxKind.SwitchStatement, 'switch'],
  [ts.SyntaxKind.ConditionalExpression, 'a ternary'],
  [ts.SyntaxKind.ForStatement, 'a loop'],
  [ts.SyntaxKind.ForOfStatement, 'a loop'],
  [ts.SyntaxKind.WhileStatement, 'a loop'],
  [ts.SyntaxKind.TryStatement, 'try'],
  [ts.SyntaxKind.ThrowStatement, 'throw'],
  [ts.SyntaxKind.BinaryExpression, 'an operator'],
  [ts.SyntaxKind.PrefixUnaryExpression, 'an operator'],
  [ts.SyntaxKind.PostfixUnaryExpression, 'an operator'],
]);

/** The decisions and computations in a source text, each with its line. */
function decisionsIn(text: string): string[] {
  const source = ts.createSourceFile('deps.ts', text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = DECISIONS.get(node.kind);
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    if (name !== undefined) found.push(`${name} in line ${line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = readdirSync(FOLDER).map((name) => ({
  name,
  text: readFileSync(`${FOLDER}/${name}`, 'utf8'),
}));

describe('a file of dependencies', () => {
  test.each(files)('$name only constructs objects: rules and decisions belong to the stage', ({ text }) => {
    expect(decisionsIn(text)).toEqual([]);
  });

  test.each(files)('$name fits on one screen', ({ text }) => {
    expect(text.split('\n').length).toBeLessThanOrEqual(MAX_LINES);
  });
});

test.each([
  ['if (isTest) start();', 'if in line 1'],
  ['const parcels =\n  lines + 1;', 'an operator in line 2'],
  ['const name = found ? found.name : fallback();', 'a ternary in line 1'],
  ['const key = given ?? made();', 'an operator in line 1'],
])('the code %s is recognised as a decision', (text, expected) => {
  expect(decisionsIn(text)).toContain(expected);
});
