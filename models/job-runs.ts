import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import * as is from './columns.ts';

/** Who may run a job: whoever raised the fence last, until the lease expires by the database's clock. */
export class JobLease extends Model<InferAttributes<JobLease>, InferCreationAttributes<JobLease>> {
  declare name: string;
  declare fence: CreationOptional<number>;
  declare expiresAt: Date;
}

/** `interrupted`: the process ended before the run did; the next run does what it left. */
export const JOB_RUN_STATES = ['running', 'done', 'failed', 'interrupted'] as const;
export type JobRunState = (typeof JOB_RUN_STATES)[number];

/** One run of a job: when, for which day, and how many things it did. */
export class JobRun extends Model<InferAttributes<JobRun>, InferCreationAttributes<JobRun>> {
  declare id: CreationOptional<string>;
  declare name: string;
  /** The minute of the schedule that it ran for (Asia/Shanghai); null when somebody started it. */
  declare slot: CreationOptional<string | null>;
  declare day: CalendarDay;
  declare fence: number;
  declare state: CreationOptional<JobRunState>;
  declare startedAt: CreationOptional<Date>;
  declare finishedAt: CreationOptional<Date | null>;
  declare counts: CreationOptional<Record<string, number>>;
  /** What went wrong, in a word for the administrator; the log has the rest. */
  declare failure: CreationOptional<string | null>;
}

export function bind(sequelize: Sequelize): void {
  JobLease.init(
    {
      name: { ...is.string(40), primaryKey: true },
      fence: { ...is.count(), defaultValue: 0 },
      expiresAt: is.instant(),
    },
    { sequelize, tableName: 'job_leases' },
  );
  JobRun.init(
    {
      id: is.id(),
      name: is.string(40),
      slot: is.optionalString(20),
      day: is.day(),
      fence: is.count(),
      state: { ...is.choice(JOB_RUN_STATES, 20), defaultValue: 'running' },
      startedAt: is.createdAt(),
      finishedAt: is.optionalInstant(),
      counts: is.json<Record<string, number>>('counts', {}),
      failure: is.optionalString(200),
    },
    { sequelize, tableName: 'job_runs' },
  );
}
