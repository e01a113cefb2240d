import type {
  ReadyNotice,
  ReportFiles,
  RunStore,
  StoredFile,
  StoredRun,
} from '../../shared/reports/run/ports.ts';
import { runIdOf } from '../../shared/reports/run/ports.ts';
import type { ReportQuestion, ReportRun } from '../../shared/reports/run/report-run.ts';

export interface MemoryRuns extends RunStore {
  /** What subscribers was announced, in order. */
  readonly announced: readonly (ReadyNotice & { readonly digest: string; readonly status: string })[];
  readonly runOf: (question: ReportQuestion) => ReportRun | undefined;
}

const nameOf = (question: ReportQuestion) => Object.values(runIdOf(question)).join(' ');

/** Runs in memory, stored under the condition of their revision, as the table does. */
export function memoryRuns(): MemoryRuns {
  const stored = new Map<string, StoredRun>();
  const announced: (ReadyNotice & { digest: string; status: string })[] = [];
  return {
    announced,
    runOf: (question) => stored.get(nameOf(question))?.run,
    load: async ({ report, run }) => stored.get(`${report} ${run}`),
    save: async ({ run, revision }, ready) => {
      const name = nameOf(run.question);
      if ((stored.get(name)?.revision ?? 0) !== revision) return false;
      stored.set(name, { run, revision: revision + 1 });
      const { digest = '', status = '' } = run.made ?? {};
      if (ready !== undefined) announced.push({ ...ready, digest, status });
      return true;
    },
    list: async (report, kind, { from = '', after, max }) =>
      [...stored.values()]
        .map(({ run }) => run)
        .filter(({ question }) => question.report === report && question.periodKind === kind)
        .filter(({ question }) => question.period >= from)
        .filter(({ question }) => after === undefined || runIdOf(question).run < after)
        .sort((a, b) => (runIdOf(a.question).run < runIdOf(b.question).run ? 1 : -1))
        .slice(0, max),
  };
}

export interface MemoryFiles extends ReportFiles {
  readonly all: ReadonlyMap<string, StoredFile>;
  /** The keys that may be deleted later. */
  readonly replaced: ReadonlySet<string>;
}

/** Files in memory. Throws where a key gets another content than before. */
export function memoryFiles(): MemoryFiles {
  const all = new Map<string, StoredFile>();
  const replaced = new Set<string>();
  return {
    all,
    replaced,
    markReplaced: async (key) => void replaced.add(key),
    write: async (key, file) => {
      const before = all.get(key);
      if (before !== undefined && Buffer.compare(before.bytes, file.bytes) !== 0)
        throw new Error(`${key} was written again with another content`);
      all.set(key, file);
      replaced.delete(key);
    },
    read: async (key) => all.get(key)?.bytes,
  };
}
