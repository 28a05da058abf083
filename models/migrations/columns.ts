import type { Column } from '../dialect.ts';

/** The kinds of column that migrations use; the types are understood by SQLite and by MySQL/MariaDB alike. */
type Options = Omit<Column, 'type'>;

export const id = (): Column => ({ type: 'CHAR(36)', exact: true });
export const ref = (table: string, options: Options = {}): Column => ({
  type: 'CHAR(36)',
  exact: true,
  references: table,
  ...options,
});
export const code = (length: number, options: Options = {}): Column => ({
  type: `VARCHAR(${length})`,
  exact: true,
  ...options,
});
export const text = (length: number, options: Options = {}): Column => ({
  type: `VARCHAR(${length})`,
  ...options,
});
export const longText = (options: Options = {}): Column => ({ type: 'MEDIUMTEXT', ...options });
export const fen = (options: Options = {}): Column => ({ type: 'BIGINT', ...options });
export const count = (options: Options = {}): Column => ({ type: 'INTEGER', ...options });
export const flag = (options: Options = {}): Column => ({ type: 'TINYINT(1)', ...options });
export const day = (options: Options = {}): Column => ({ type: 'DATE', ...options });
export const instant = (options: Options = {}): Column => ({ type: 'DATETIME(3)', ...options });
export const bytes = (options: Options = {}): Column => ({ type: 'MEDIUMBLOB', ...options });

/** For a column that may be empty. */
export const optional = { nullable: true } as const;
