import type { RootHookObject } from 'mocha';
import { setClock } from '../../server/shared/clock.ts';
import { releaseDatabase } from './database.ts';

process.env.NODE_ENV = 'test';
process.env.LOG_LEVEL ??= 'silent';

export const mochaHooks: RootHookObject = {
  afterEach() {
    setClock();
  },
  afterAll: releaseDatabase,
};
