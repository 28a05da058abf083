/** The types of file that are taken, by what their bytes say: how each is named when it is downloaded. */
export const ATTACHMENT_TYPES: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/amr': 'amr',
  'audio/x-m4a': 'm4a',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/ogg': 'ogg',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
};

/** A file's name with the ending of what it is, so that no name promises something else. */
export function nameWithEnding(fileName: string, contentType: string): string {
  const ending = ATTACHMENT_TYPES[contentType]!;
  const stem = fileName.replace(/\.[\w]{1,8}$/, '') || 'file';
  return `${[...stem].slice(0, 200).join('')}.${ending}`;
}
