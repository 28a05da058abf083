/** Whether a text can be a user name: letters of any script, digits, and . _ @ - behind the first; at most 64. */
export function isUsername(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u.test(text);
}
