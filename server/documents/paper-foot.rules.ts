import { dayInWords, type Paper } from './paper.rules.ts';

/** What stands at the bottom of every document: number, organisation and day; of a final one its checksum. */
export function footOf(
  { number, organisation, madeOn }: Pick<Paper<unknown>, 'number' | 'organisation' | 'madeOn'>,
  frozen: { sha256: string } | null,
): string[] {
  return [
    [number, organisation, dayInWords(madeOn)].filter(Boolean).join('　'),
    ...(frozen ? [`定稿校验码 SHA-256：${frozen.sha256}`] : []),
  ];
}
