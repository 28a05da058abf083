/** A local path to go back to; anything else leads home, so that a link cannot lead a person elsewhere. */
export function localPath(text: unknown): string {
  return typeof text === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(text) ? text : '/';
}
