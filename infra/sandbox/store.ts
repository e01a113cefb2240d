import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { makePrivate } from '../private-file.ts';

/** One future step of the simulation, due at `dueMs`. It survives a restart of this process. */
export interface Step {
  readonly id: number;
  readonly kind: string;
  readonly dueMs: number;
  readonly data: unknown;
}

/** The stored answer of an idempotency key. */
export interface KeptAnswer {
  readonly fingerprint: string;
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
}

const schema = `
  CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, reference TEXT, json TEXT NOT NULL,
    UNIQUE (kind, id));
  CREATE INDEX IF NOT EXISTS by_reference ON documents (kind, reference) WHERE reference IS NOT NULL;
  CREATE TABLE IF NOT EXISTS steps (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, due INTEGER NOT NULL, json TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS steps_by_due ON steps (due);
  CREATE TABLE IF NOT EXISTS answers (
    partner TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    requestId TEXT NOT NULL, PRIMARY KEY (partner, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS hooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, partner TEXT NOT NULL, eventId TEXT NOT NULL, type TEXT NOT NULL,
    reference TEXT NOT NULL, body TEXT NOT NULL, variant TEXT NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL,
    waiting INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS hooks_by_partner ON hooks (partner, due);
  CREATE INDEX IF NOT EXISTS hooks_by_due ON hooks (due);
  CREATE INDEX IF NOT EXISTS hooks_held ON hooks (partner, reference) WHERE waiting = 1;
  CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`;

/**
 * All data of the partners, in one SQLite file: objects, scheduled steps of the simulation, stored answers and
 * undelivered webhooks. The data survives a killed process.
 */
export class PartnerStore {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    const file = join(dataDir, 'partners.db');
    makePrivate(file);
    this.#db = new DatabaseSync(file);
    // The file must survive a killed process. It need not survive a power cut.
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
    this.#db.exec(schema);
  }

  /** Runs the work as one transaction: either all of its writes are kept or none. */
  atomically<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  run(
    sql: string,
    ...values: (string | number | null)[]
  ): { lastInsertRowid: number | bigint; changes: number | bigint } {
    return this.#prepare(sql).run(...values);
  }

  rows<Row>(sql: string, ...values: (string | number | null)[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  row<Row>(sql: string, ...values: (string | number | null)[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  /** Writes a document. It replaces a document with the same kind and id. */
  put(kind: string, id: string, document: unknown, reference: string | null = null): void {
    this.run(
      `INSERT INTO documents (kind, id, reference, json) VALUES (?, ?, ?, ?)
       ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json, reference = coalesce(excluded.reference, reference)`,
      kind,
      id,
      reference,
      JSON.stringify(document),
    );
  }

  get<Document>(kind: string, id: string): Document | undefined {
    return parse<Document>(this.row('SELECT json FROM documents WHERE kind = ? AND id = ?', kind, id));
  }

  remove(kind: string, id: string): void {
    this.run('DELETE FROM documents WHERE kind = ? AND id = ?', kind, id);
  }

  /** The documents with this reference, newest first. */
  withReference<Document>(kind: string, reference: string): Document[] {
    const sql = 'SELECT json FROM documents WHERE kind = ? AND reference = ? ORDER BY seq DESC';
    return this.rows<{ json: string }>(sql, kind, reference).map((row) => JSON.parse(row.json) as Document);
  }

  /** The id of the newest document of a kind that has this text as a whole value; undefined if none has it. */
  idOfOneWith(kind: string, text: string): string | undefined {
    const sql = 'SELECT id FROM documents WHERE kind = ? AND instr(json, ?) > 0 ORDER BY seq DESC LIMIT 1';
    return this.row<{ id: string }>(sql, kind, JSON.stringify(text))?.id;
  }

  /** The documents of a kind, newest first; only those between two ids if these are given. */
  list<Document>(
    kind: string,
    page: { beforeId?: string; afterId?: string; limit?: number } = {},
  ): Document[] {
    const edge = (id: string) =>
      this.row<{ seq: number }>('SELECT seq FROM documents WHERE kind = ? AND id = ?', kind, id)?.seq;
    const below = page.beforeId === undefined ? Number.MAX_SAFE_INTEGER : (edge(page.beforeId) ?? 0);
    const above = page.afterId === undefined ? 0 : (edge(page.afterId) ?? Number.MAX_SAFE_INTEGER);
    const sql = 'SELECT json FROM documents WHERE kind = ? AND seq < ? AND seq > ? ORDER BY seq DESC LIMIT ?';
    return this.rows<{ json: string }>(sql, kind, below, above, page.limit ?? -1).map(
      (row) => JSON.parse(row.json) as Document,
    );
  }

  /** The next number of a named series. A series begins with 1, and no number is given twice. */
  next(name: string): number {
    const sql =
      'INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value';
    return this.row<{ value: number }>(sql, name)?.value ?? 1;
  }

  addStep(kind: string, dueMs: number, data: unknown): void {
    this.run(
      'INSERT INTO steps (kind, due, json) VALUES (?, ?, ?)',
      kind,
      Math.round(dueMs),
      JSON.stringify(data),
    );
  }

  dueSteps(nowMs: number): Step[] {
    const sql = 'SELECT id, kind, due, json FROM steps WHERE due <= ? ORDER BY due, id LIMIT 200';
    return this.rows<{ id: number; kind: string; due: number; json: string }>(sql, nowMs).map((row) => ({
      id: row.id,
      kind: row.kind,
      dueMs: row.due,
      data: JSON.parse(row.json) as unknown,
    }));
  }

  removeStep(id: number): void {
    this.run('DELETE FROM steps WHERE id = ?', id);
  }

  /** The time of the next step; undefined when no step waits. */
  nextStepDueMs(): number | undefined {
    return this.row<{ due: number | null }>('SELECT min(due) AS due FROM steps')?.due ?? undefined;
  }

  keptAnswer(partner: string, key: string): KeptAnswer | undefined {
    return this.row(
      'SELECT fingerprint, status, body, requestId FROM answers WHERE partner = ? AND key = ?',
      partner,
      key,
    );
  }

  keepAnswer(partner: string, key: string, answer: KeptAnswer): void {
    const sql = 'INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)';
    this.run(sql, partner, key, answer.fingerprint, answer.status, answer.body, answer.requestId);
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function parse<Document>(row: { json: string } | undefined): Document | undefined {
  return row === undefined ? undefined : (JSON.parse(row.json) as Document);
}
