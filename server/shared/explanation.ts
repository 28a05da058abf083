/** One line of an explanation: the key of a sentence in the locale files and the values it names. */
export interface ExplanationLine {
  key: string;
  values: Record<string, string | number>;
}
