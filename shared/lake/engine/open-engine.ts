import type { DuckDBConnection } from '@duckdb/node-api';

/** What the engine may use. */
export interface EngineLimits {
  readonly memoryMb: number;
  readonly threads: number;
}

/** Enough for a laptop; a function passes what its own memory allows. */
const DEFAULT_LIMITS: EngineLimits = { memoryMb: 1_000, threads: 2 };

export interface EngineOptions {
  /** The only folder in which files are read and written; what does not fit into memory is there for a while too. */
  readonly folder: string;
  /** The file of the database; absent for one in memory. */
  readonly file?: string;
  readonly limits?: EngineLimits;
}

/** An open DuckDB, with one connection. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** Runs statements that give nothing. */
  readonly run: (sql: string) => Promise<void>;
  readonly close: () => void;
}

/**
 * Opens DuckDB. It fetches no extension: what is asked here needs none. Throws where the platform has no binding, or
 * where the file can't be opened.
 */
export async function openEngine({ folder, file, limits = DEFAULT_LIMITS }: EngineOptions): Promise<Engine> {
  // A run that finds nothing to do opens none, and its JavaScript alone is 190 kB. The package is CommonJS: in a file
  // that the bundler makes of it, its default export alone has all that it gives.
  const { default: api } = await import('@duckdb/node-api');
  const instance = await api.DuckDBInstance.create(file ?? ':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${limits.memoryMb}MB`,
    threads: String(limits.threads),
    temp_directory: `${folder}/.spill`,
    // Queries run in several threads of Node, and the allocator keeps what each has freed. Without a thread that gives
    // it back, a report of many queries takes the memory of several.
    allocator_background_threads: 'true',
  });
  const connection = await instance.connect();
  const run = async (sql: string) => {
    await connection.run(sql);
  };
  await run("SET TimeZone = 'UTC'");
  // A file may be replaced by another one of the same name within a millisecond: what was read of it is not kept.
  await run('SET enable_external_file_cache = false');
  await run(`SET allowed_directories = [${quoted(`${folder}/`)}]`);
  await run('SET enable_external_access = false');
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  return { connection, run, close };
}

/** A text in SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
