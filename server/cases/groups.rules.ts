/** How many represent a group (劳动人事争议仲裁办案规则 63, by analogy: arbitration's three to five). */
export const FEWEST_REPRESENTATIVES = 3;
export const MOST_REPRESENTATIVES = 5;

/** Whether so many can represent a group. */
export function isRepresented(representatives: number): boolean {
  return representatives >= FEWEST_REPRESENTATIVES && representatives <= MOST_REPRESENTATIVES;
}

/** How the county's labour authority is told of a collective dispute. */
export const REPORT_WAYS = ['inPerson', 'system', 'post', 'phone'] as const;
export type ReportWay = (typeof REPORT_WAYS)[number];
