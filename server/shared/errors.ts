/**
 * An error that a person caused or must know of: an HTTP status and the key of a sentence in the locale files
 * (`errors.*`) that says what is wrong and what to do. The handler in `web/error-pages.ts` renders it.
 */
export class DomainError extends Error {
  readonly status: number;
  readonly sentence: string;
  readonly values: Record<string, string | number>;
  /** The key of its title below `errors.title`. */
  readonly title: string;

  constructor(status: number, sentence: string, values: Record<string, string | number> = {}) {
    super(sentence);
    this.name = new.target.name;
    this.status = status;
    this.sentence = sentence;
    this.values = values;
    this.title = String(status);
  }
}

/** 404: there is no such object, or the reader may not know of it; the two answers are the same. */
export class NotFound extends DomainError {
  constructor() {
    super(404, 'errors.notFound');
  }
}

/** 403: the reader may see the object, but not do this with it. */
export class Forbidden extends DomainError {
  constructor(sentence = 'errors.forbidden', values: Record<string, string | number> = {}) {
    super(403, sentence, values);
  }
}

/** 403: the form was opened in a session that is over, or does not come from this program. */
export class Expired extends Forbidden {
  override readonly title = 'expired';

  constructor() {
    super('errors.csrf');
  }
}

/** 409: the object is no longer in the state that the action needs. */
export class Conflict extends DomainError {
  constructor(sentence = 'errors.conflict', values: Record<string, string | number> = {}) {
    super(409, sentence, values);
  }
}

/** 409: somebody changed the object after the form was opened; the form is shown again with what was typed. */
export class Stale extends Conflict {
  constructor() {
    super('errors.stale');
  }
}

/** 422: a value breaks a rule; `field` names the field of the form beside which the sentence stands. */
export class Unacceptable extends DomainError {
  readonly field: string | undefined;

  constructor(sentence: string, values: Record<string, string | number> = {}, field?: string) {
    super(422, sentence, values);
    this.field = field;
  }
}

/** What was wrong with a field: the key of a sentence in the locale files and the values it names. */
export interface FieldError {
  field: string;
  sentence: string;
  values?: Record<string, string | number>;
}
