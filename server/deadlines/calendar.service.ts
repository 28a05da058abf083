import { Op } from 'sequelize';
import { CalendarChange, CalendarDate, CalendarYear, type MovedDeadline } from '../../models/areas.ts';
import { inTx } from '../../models/dialect.ts';
import { mayEver, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { yearOf, type CalendarDay } from '../shared/calendar-day.ts';
import { NotFound } from '../shared/errors.ts';
import { isKnownYear, withDay, type CalendarYearFile, type DayKindChoice } from './calendar-file.rules.ts';
import { currentCalendar, forgetCalendar } from './calendar.queries.ts';
import { buildCalendar, type Calendar, type CalendarRow } from './working-days.rules.ts';

type CalendarListener = (calendar: Calendar) => Promise<MovedDeadline[]>;
const listeners = new Set<CalendarListener>();

/** Lets a feature compute its open deadlines anew when days change; it gives those that moved. */
export function onCalendarChange(listener: CalendarListener): void {
  listeners.add(listener);
}

/** Takes a year's notice: its days replace what was known of the year, which is no longer provisional. Its open deadlines are computed anew. */
export function importYear(reader: Reader, { year, days }: CalendarYearFile, source: string): Promise<void> {
  return change(reader, year, () => Promise.resolve(days), source);
}

/** Sets one day of a covered year. @throws NotFound for a year without a notice: take its notice first */
export async function setDay(
  reader: Reader,
  wish: { day: CalendarDay; kind: DayKindChoice; name: string },
): Promise<void> {
  const year = yearOf(wish.day);
  return change(
    reader,
    year,
    async () => {
      if (!(await CalendarYear.findByPk(year))) throw new NotFound();
      return withDay(await daysOf(year), wish.day, wish.kind, wish.name);
    },
    `${wish.day} ${wish.kind} ${wish.name}`.trim(),
  );
}

async function change(
  reader: Reader,
  year: number,
  daysThen: () => Promise<CalendarRow[]>,
  source: string,
): Promise<void> {
  if (!mayEver(reader, 'calendar.manage')) throw new NotFound();
  await inTx(async () => {
    const days = await daysThen();
    await CalendarDate.destroy({ where: { day: { [Op.between]: [`${year}-01-01`, `${year}-12-31`] } } });
    await CalendarDate.bulkCreate(days);
    await CalendarYear.upsert({ year, source: source.slice(0, 200) });
    const moved = await recompute();
    const { id } = await CalendarChange.create({
      ...{ year, source: source.slice(0, 200), dayCount: days.length, moved, changedById: reader.userId },
    });
    await recordAudit(reader.userId, {
      action: 'calendar.change',
      objectType: 'calendarChange',
      objectId: id,
      detail: { year, source, days: days.length, moved: moved.length },
    });
  });
  forgetCalendar();
}

/** The open deadlines by the days as the open transaction has them. */
async function recompute(): Promise<MovedDeadline[]> {
  const [days, years] = await Promise.all([CalendarDate.findAll(), CalendarYear.findAll()]);
  const calendar = buildCalendar(
    days.map(({ day, isWorkday, name }) => ({ day, isWorkday, name })),
    years.map(({ year }) => year),
  );
  const moved: MovedDeadline[] = [];
  for (const listener of listeners) moved.push(...(await listener(calendar)));
  return moved;
}

async function daysOf(year: number): Promise<CalendarRow[]> {
  const rows = await CalendarDate.findAll({
    where: { day: { [Op.between]: [`${year}-01-01`, `${year}-12-31`] } },
    order: [['day', 'ASC']],
  });
  return rows.map(({ day, isWorkday, name }) => ({ day, isWorkday, name }));
}

/** A year as it stands: its days, and whether its notice is known. */
export interface ShownYear {
  year: number;
  covered: boolean;
  source: string | null;
  days: CalendarRow[];
  /** What was last changed of it, and what that moved. */
  lastChange: CalendarChange | null;
}

/**
 * The days of a year; of one without a notice the statutory holidays, which are provisional (暂定).
 * @throws NotFound for a year in which the program cannot count
 */
export async function showYear(year: number): Promise<ShownYear> {
  if (!isKnownYear(year)) throw new NotFound();
  const known = await CalendarYear.findByPk(year);
  const covered = known !== null;
  const lastChange = await CalendarChange.findOne({
    where: { year },
    order: [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ],
  });
  const days = covered ? await daysOf(year) : await provisionalDays(year);
  return { year, covered, source: known?.source ?? null, days, lastChange };
}

async function provisionalDays(year: number): Promise<CalendarRow[]> {
  const calendar = await currentCalendar();
  const days: CalendarRow[] = [];
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += 86_400_000) {
    const day = new Date(time).toISOString().slice(0, 10);
    const { why, name } = calendar.kindOf(day);
    if (why === 'holiday') days.push({ day, isWorkday: false, name: name ?? '' });
  }
  return days;
}
