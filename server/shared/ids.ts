import { v7 as uuidv7, validate } from 'uuid';

/** A new primary key: UUID version 7, ordered by time, so that new rows stand together in the index. */
export function newId(): string {
  return uuidv7();
}

/** Whether a text has the form of an id; anything else in a URL is answered like an absent object. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}
