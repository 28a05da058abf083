/** The lists of a case that may be long; each has a page of its own. */
export const CASE_LISTS = ['claimants', 'instalments', 'payments'] as const;
export type CaseList = (typeof CASE_LISTS)[number];

/** How many lines the case's page shows of each, and how many a page of the list has. */
export const FIRST_LINES = 20;
export const LINES_PER_PAGE = 50;

/** The address of a whole list. */
export function caseListPath(caseId: string, list: CaseList): string {
  return `/cases/${caseId}/${list}/list`;
}
