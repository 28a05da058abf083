import { DataTypes } from 'sequelize';
import { now } from '../server/shared/clock.ts';
import { newId } from '../server/shared/ids.ts';
import { decrypt, encrypt } from './encryption.ts';

/**
 * The kinds of attribute that models use, so that every table reads and writes them alike. Each call makes a new
 * definition, because Sequelize writes the column's name into it.
 */
interface Stored {
  getDataValue(key: string): unknown;
  setDataValue(key: string, value: unknown): void;
}

export const id = () => ({ type: DataTypes.UUID, primaryKey: true, defaultValue: newId });
export const ref = () => ({ type: DataTypes.UUID, allowNull: false });
export const optionalRef = () => ({ type: DataTypes.UUID, allowNull: true });
export const string = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
export const optionalString = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
export const longText = () => ({ type: DataTypes.TEXT('medium'), allowNull: false });
export const optionalLongText = () => ({ type: DataTypes.TEXT('medium'), allowNull: true });
export const fen = () => ({ type: DataTypes.BIGINT, allowNull: false });
export const optionalFen = () => ({ type: DataTypes.BIGINT, allowNull: true });
export const count = () => ({ type: DataTypes.INTEGER, allowNull: false });
export const optionalCount = () => ({ type: DataTypes.INTEGER, allowNull: true });
export const day = () => ({ type: DataTypes.DATEONLY, allowNull: false });
export const optionalDay = () => ({ type: DataTypes.DATEONLY, allowNull: true });
export const instant = () => ({ type: DataTypes.DATE(3), allowNull: false });
export const optionalInstant = () => ({ type: DataTypes.DATE(3), allowNull: true });
export const createdAt = () => ({ type: DataTypes.DATE(3), allowNull: false, defaultValue: () => now() });
export const bytes = () => ({ type: DataTypes.BLOB('medium'), allowNull: false });
export const version = () => ({ type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 });

/** Yes or no; both databases store 0 and 1. */
export const flag = (defaultValue = false) => ({ type: DataTypes.BOOLEAN, allowNull: false, defaultValue });
export const optionalFlag = () => ({ type: DataTypes.BOOLEAN, allowNull: true });

/** One of a list of codes, as the rules name them. */
export const choice = (values: readonly string[], length = 30) => ({
  type: DataTypes.STRING(length),
  allowNull: false,
  validate: { isIn: [[...values]] as [string[]] },
});
export const optionalChoice = (values: readonly string[], length = 30) => ({
  ...choice(values, length),
  allowNull: true,
});

/** A value kept as JSON text, because raw JSON columns differ between the databases. */
export function json<T>(name: string, absent: T) {
  return {
    type: DataTypes.TEXT('medium'),
    allowNull: true,
    get(this: Stored): T {
      const stored = this.getDataValue(name) as string | null | undefined;
      return stored === null || stored === undefined ? absent : (JSON.parse(stored) as T);
    },
    set(this: Stored, value: T) {
      this.setDataValue(name, value === null || value === undefined ? null : JSON.stringify(value));
    },
  };
}

/** Personal data: encrypted in the table, in clear on the instance. Read it only to show it to who may see it. */
export function encrypted(name: string) {
  return {
    type: DataTypes.STRING(255),
    allowNull: true,
    get(this: Stored): string | null {
      const stored = this.getDataValue(name) as string | null | undefined;
      return stored ? decrypt(stored) : null;
    },
    set(this: Stored, value: string | null) {
      this.setDataValue(name, value ? encrypt(value) : null);
    },
  };
}
